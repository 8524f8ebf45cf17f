"""The nouns of the register: who, what, why, by which law and by which road.

A code never changes and a row is never deleted (triggers hold both); every change is a
:class:`RegisterChange`, whose number is the register's revision.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.registry.constraints import ends_after_it_begins, one_at_a_time
from compliance.registry.named import Named, Translated, code_validator, in_language
from compliance.registry.recorded import Recorded
from compliance.registry.validators import check_kbo_number, check_ovo_code
from compliance.registry.vocabulary import Article6, Article9, OrganisationKind, RouteKind, Weekday


class Organisation(Named):
    """A party of exchanges, known by its KBO (CBE) enterprise number or OVO code."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    kbo_number = models.CharField(_("KBO number"), max_length=10, blank=True, validators=[check_kbo_number])
    ovo_code = models.CharField(_("OVO code"), max_length=9, blank=True, validators=[check_ovo_code])
    dpo_name = models.CharField(_("data protection officer"), max_length=200, blank=True)
    dpo_email = models.EmailField(_("e-mail of the data protection officer"), blank=True)
    counted_as_partner = models.BooleanField(_("has a column in the answer"), default=False)
    position = models.PositiveSmallIntegerField(_("position in tables"), default=100)

    class Meta(Named.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("position", "name_nl")


class ProcessingMandate(Recorded):
    """That one organisation (a processor, e.g. a software vendor) acts on behalf of another, in a period."""

    processor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates_held", verbose_name=_("who processes")
    )
    controller = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates_given", verbose_name=_("on behalf of")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until (excluded)"), null=True, blank=True)

    class Meta:
        verbose_name = _("processing on behalf of")
        verbose_name_plural = _("processing on behalf of")
        constraints = [ends_after_it_begins(name="mandate_period", start="valid_from", end="valid_until")]

    def __str__(self) -> str:
        """Return who processes for whom, and since when."""
        return f"{self.processor} → {self.controller}, {self.valid_from}"


class Route(Named):
    """A road by which exchanges travel: direct, MAGDA, or MAGDA over KSZ."""

    kind = models.CharField(_("kind"), max_length=20, choices=RouteKind)

    class Meta(Named.Meta):
        verbose_name = _("route")
        verbose_name_plural = _("routes")


class ConnectionPeriod(Recorded):
    """When an organisation was connected, and by which route; before it a table says "not connected yet"."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="connections", verbose_name=_("organisation")
    )
    route = models.ForeignKey(Route, models.PROTECT, related_name="+", verbose_name=_("route"))
    connected_from = models.DateField(_("connected from"))
    connected_until = models.DateField(_("connected until (excluded)"), null=True, blank=True)

    class Meta:
        verbose_name = _("connection period")
        verbose_name_plural = _("connection periods")
        ordering = ("organisation", "connected_from")
        constraints = [ends_after_it_begins(name="connection_period", start="connected_from", end="connected_until")]

    def __str__(self) -> str:
        """Return who was connected how, and since when."""
        return f"{self.organisation}, {self.route}, {self.connected_from}"


class DataCategory(Named):
    """A kind of personal data; ``special_category`` marks GDPR article 9 data."""

    special_category = models.BooleanField(_("special category (GDPR art. 9)"), default=False)
    description = models.TextField(_("description"), blank=True)

    class Meta(Named.Meta):
        verbose_name = _("data category")
        verbose_name_plural = _("data categories")


class Service(Translated):
    """A question that can be asked, in one version, at one source."""

    recorded_as = ("code", "version")

    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    version = models.CharField(_("version"), max_length=20)
    name_nl = models.CharField(_("name (Dutch)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_fr = models.CharField(_("name (French)"), max_length=200)
    source = models.ForeignKey(Organisation, models.PROTECT, related_name="services", verbose_name=_("source"))
    categories = models.ManyToManyField(DataCategory, related_name="+", verbose_name=_("data categories"))

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("code", "version")
        constraints = [models.UniqueConstraint(fields=("code", "version"), name="service_code_version")]

    def __str__(self) -> str:
        """Return code and version."""
        return f"{self.code} {self.version}"


class Purpose(Named):
    """What data is asked for (finality)."""

    description = models.TextField(_("description"), blank=True)

    class Meta(Named.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")


class LegalBasis(Named):
    """A ground of GDPR article 6(1), where needed 9(2), and the article of the decree or law."""

    article_6 = models.CharField(_("GDPR art. 6(1)"), max_length=1, choices=Article6)
    article_9 = models.CharField(_("GDPR art. 9(2)"), max_length=1, choices=Article9, blank=True)
    citation = models.CharField(_("article of decree or law"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until (excluded)"), null=True, blank=True)

    class Meta(Named.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        constraints = [ends_after_it_begins(name="legal_basis_period", start="valid_from", end="valid_until")]


class ControllerPeriod(Recorded):
    """Who was the controller of the crossroads bank, and when."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="controller_periods", verbose_name=_("organisation")
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until (excluded)"), null=True, blank=True)
    citation = models.CharField(_("article of decree or law"), max_length=300)

    class Meta:
        verbose_name = _("controller period")
        verbose_name_plural = _("controller periods")
        ordering = ("valid_from",)
        constraints = [
            ends_after_it_begins(name="controller_period", start="valid_from", end="valid_until"),
            one_at_a_time(name="one_controller_at_a_time", start="valid_from", end="valid_until"),
        ]

    def __str__(self) -> str:
        """Return who was the controller, and since when."""
        return f"{self.organisation}, {self.valid_from}"


class ClosingDay(Translated):
    """A day on which the service is closed besides the official holidays."""

    day = models.DateField(_("day"), unique=True)
    name_nl = models.CharField(_("name (Dutch)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_fr = models.CharField(_("name (French)"), max_length=200)

    class Meta:
        verbose_name = _("closing day")
        verbose_name_plural = _("closing days")
        ordering = ("day",)

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day}"


class OfficeHours(Recorded):
    """The hours (Brussels, until excluded) in which people of an organisation work on a weekday, in a period."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="office_hours", verbose_name=_("organisation")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.PositiveSmallIntegerField(_("from (hour)"), validators=[MaxValueValidator(23)])
    closes = models.PositiveSmallIntegerField(_("until (hour, excluded)"), validators=[MaxValueValidator(24)])
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until (excluded)"), null=True, blank=True)

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        ordering = ("organisation", "weekday", "valid_from")
        constraints = [
            ends_after_it_begins(name="office_hours_period", start="valid_from", end="valid_until"),
            models.CheckConstraint(
                name="office_hours_order",
                condition=models.Q(closes__gt=models.F("opens")),
                violation_error_message=_("The end must come after the beginning."),
            ),
            models.UniqueConstraint(fields=("organisation", "weekday", "valid_from"), name="office_hours_once"),
        ]

    def __str__(self) -> str:
        """Return whose hours they are, and on which weekday."""
        return f"{self.organisation}, {self.weekday}, {self.opens}-{self.closes}"


class ClosingPeriod(Recorded):
    """Days on which an organisation is closed besides the official holidays."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="closing_periods", verbose_name=_("organisation")
    )
    closed_from = models.DateField(_("closed from"))
    closed_until = models.DateField(_("closed until (excluded)"))

    class Meta:
        verbose_name = _("closing period")
        verbose_name_plural = _("closing periods")
        ordering = ("organisation", "closed_from")
        constraints = [ends_after_it_begins(name="closing_period", start="closed_from", end="closed_until")]

    def __str__(self) -> str:
        """Return who is closed, and from when."""
        return f"{self.organisation}, {self.closed_from}"


class Footnote(Recorded):
    """A remark that belongs under figures of a partner (or of all) in a period."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="footnotes",
        verbose_name=_("organisation"),
        help_text=_("Empty: the remark is about all partners."),
    )
    period_from = models.DateField(_("from"))
    period_until = models.DateField(_("until (excluded)"))
    text_nl = models.TextField(_("text (Dutch)"))
    text_en = models.TextField(_("text (English)"))
    text_fr = models.TextField(_("text (French)"))

    class Meta:
        verbose_name = _("footnote")
        verbose_name_plural = _("footnotes")
        ordering = ("period_from", "organisation")
        constraints = [ends_after_it_begins(name="footnote_period", start="period_from", end="period_until")]

    def __str__(self) -> str:
        """Return of whom and when it speaks."""
        return f"{self.organisation or '*'}, {self.period_from}"

    @property
    def text(self) -> str:
        """The text in the language of the reader."""
        return in_language(self, "text")


class PublishedDocument(Named):
    """A document that published figures, to carry over or to compare with."""

    citation = models.CharField(_("citation"), max_length=300)
    published_on = models.DateField(_("published on"))
    carried_over = models.BooleanField(
        _("figures count where no exchanges were recorded"),
        default=False,
        help_text=_("For periods from before this service recorded exchanges."),
    )

    class Meta(Named.Meta):
        verbose_name = _("published document")
        verbose_name_plural = _("published documents")


class PublishedFigure(Recorded):
    """One figure as printed: of a month or a year, for an organisation, a total, or a difference.

    ``month`` 0 stands for the whole year; ``organisation`` empty for the total over partners;
    ``compared_with`` names the year of which the figure is the difference.
    """

    document = models.ForeignKey(
        PublishedDocument, models.PROTECT, related_name="figures", verbose_name=_("published document")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"), default=0)
    compared_with = models.PositiveSmallIntegerField(_("difference with year"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    series = models.CharField(_("series"), max_length=40, default="exchanges")
    figure = models.BigIntegerField(_("figure"))

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        constraints = [
            models.UniqueConstraint(
                fields=("document", "series", "year", "month", "compared_with", "organisation"),
                name="published_figure_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        """Return which figure of which document it is."""
        return f"{self.document} {self.series} {self.year}-{self.month:02}"


class RegisterChange(models.Model):
    """One change of the register: what it became, by whom, when and why. Append-only; its id is the revision."""

    kind = models.CharField(_("kind"), max_length=40)
    code = models.CharField(_("code"), max_length=100)
    version = models.PositiveIntegerField(_("version"))
    state = models.JSONField(_("state"))
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.CharField(_("changed by"), max_length=150)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("change of the register")
        verbose_name_plural = _("changes of the register")
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=("kind", "code", "version"), name="register_change_version")]

    def __str__(self) -> str:
        """Return what changed, and which version of it this is."""
        return f"{self.kind} {self.code}, {self.version}"
