"""The pages of the register."""

from __future__ import annotations

from django.contrib import admin

from compliance.admin.recorded import RecordedAdmin, RecordedInline
from compliance.registry.models import (
    ClosingDay,
    ClosingPeriod,
    ConnectionPeriod,
    ControllerPeriod,
    DataCategory,
    Footnote,
    LegalBasis,
    OfficeHours,
    Organisation,
    ProcessingMandate,
    PublishedDocument,
    PublishedFigure,
    Purpose,
    Route,
    Service,
)

NAMES = ("code", "name_nl", "name_en", "name_fr")


class ConnectionInline(RecordedInline):
    """When the organisation was connected."""

    model = ConnectionPeriod


class MandateInline(RecordedInline):
    """On whose behalf the organisation processes."""

    model = ProcessingMandate
    fk_name = "processor"


class OfficeHoursInline(RecordedInline):
    """When people of the organisation work."""

    model = OfficeHours


class ClosingPeriodInline(RecordedInline):
    """When the organisation is closed."""

    model = ClosingPeriod


@admin.register(Organisation)
class OrganisationAdmin(RecordedAdmin):
    """Parties of exchanges."""

    list_display = ("code", "named", "kind", "kbo_number", "ovo_code", "counted_as_partner")
    list_filter = ("kind", "counted_as_partner")
    search_fields = (*NAMES, "kbo_number", "ovo_code")
    inlines = (ConnectionInline, MandateInline, OfficeHoursInline, ClosingPeriodInline)


@admin.register(Route)
class RouteAdmin(RecordedAdmin):
    """Roads."""

    list_display = ("code", "named", "kind")
    search_fields = NAMES


@admin.register(DataCategory)
class DataCategoryAdmin(RecordedAdmin):
    """Kinds of personal data."""

    list_display = ("code", "named", "special_category")
    list_filter = ("special_category",)
    search_fields = (*NAMES, "description")


@admin.register(Service)
class ServiceAdmin(RecordedAdmin):
    """Questions that can be asked, each version a row of its own."""

    list_display = ("code", "version", "named", "source")
    list_filter = ("source",)
    list_select_related = ("source",)
    search_fields = NAMES


@admin.register(Purpose)
class PurposeAdmin(RecordedAdmin):
    """What data is asked for."""

    list_display = ("code", "named")
    search_fields = (*NAMES, "description")


@admin.register(LegalBasis)
class LegalBasisAdmin(RecordedAdmin):
    """Grounds in law."""

    list_display = ("code", "named", "article_6", "article_9", "citation", "valid_from", "valid_until")
    list_filter = ("article_6", "article_9")
    search_fields = (*NAMES, "citation")


@admin.register(ControllerPeriod)
class ControllerPeriodAdmin(RecordedAdmin):
    """Who was the controller, and when."""

    list_display = ("organisation", "valid_from", "valid_until", "citation")
    list_select_related = ("organisation",)


@admin.register(ClosingDay)
class ClosingDayAdmin(RecordedAdmin):
    """Days on which the service is closed."""

    list_display = ("day", "named")
    date_hierarchy = "day"


@admin.register(Footnote)
class FootnoteAdmin(RecordedAdmin):
    """Remarks under figures."""

    list_display = ("period_from", "period_until", "organisation", "text_nl")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)


@admin.register(PublishedDocument)
class PublishedDocumentAdmin(RecordedAdmin):
    """Documents with figures."""

    list_display = ("code", "named", "published_on", "carried_over")


@admin.register(PublishedFigure)
class PublishedFigureAdmin(RecordedAdmin):
    """Figures as printed."""

    list_display = ("document", "series", "year", "month", "compared_with", "organisation", "figure")
    list_filter = ("document", "series", "year", "organisation")
    list_select_related = ("document", "organisation")
