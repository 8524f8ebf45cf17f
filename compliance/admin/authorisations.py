"""The pages of authorisations: versions and withdrawals are added, never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.generics import (
    AuthorisationModelAdmin,
    VersionModelAdmin,
    WithdrawalModelAdmin,
)
from compliance.admin.history_page import history_page
from compliance.admin.keeper import acting
from compliance.admin.permissions import AppendOnly, Unlogged
from compliance.admin.version_form import FIELDSETS, VersionForm, as_the_last
from compliance.admin.withdrawal_form import WithdrawalForm
from compliance.authorisations.models import (
    Authorisation,
    AuthorisationSuspension,
    AuthorisationVersion,
    AuthorisationWithdrawal,
)
from compliance.authorisations.register_version import register_version
from compliance.authorisations.withdraw import withdraw
from compliance.registry.named import in_language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin.register(Authorisation)
class AuthorisationAdmin(AppendOnly, AuthorisationModelAdmin):
    """Instruments."""

    list_display = ("code", "kind", "title")
    list_filter = ("kind",)
    search_fields = ("code", "title_nl", "title_en", "title_fr")
    list_per_page = 50
    actions = None
    change_form_template = "admin/compliance/authorisation.html"

    @admin.display(description=gettext_lazy("title"))
    def title(self, authorisation: Authorisation) -> str:
        """Return the title in the language of the reader."""
        return in_language(authorisation, "title")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Offer to lift the suspension that stands."""
        standing = AuthorisationSuspension.objects.filter(authorisation__pk=object_id, lifting=None).first()
        extra = {**(extra_context or {}), "standing_suspension": standing}
        return super().change_view(request, object_id, form_url, extra_context=extra)

    def add_view(self, request: HttpRequest, *_args: Any, **_options: Any) -> HttpResponse:
        """Begin with its first version."""
        acting(request)
        return HttpResponseRedirect(reverse("admin:compliance_authorisationversion_add"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show how the instrument came to say what it says."""
        found = get_object_or_404(Authorisation, pk=object_id)
        return history_page(self, request, found, kind="authorisation", code=found.code, extra=extra_context)


@admin.register(AuthorisationVersion)
class AuthorisationVersionAdmin(Unlogged, AppendOnly, VersionModelAdmin):
    """Versions: to look at, and a form for the next."""

    list_display = ("authorisation", "number", "provider", "recipients", "valid_from", "valid_until")
    list_filter = ("provider", "authorisation__kind")
    list_select_related = ("authorisation",)
    search_fields = ("authorisation__code",)
    list_per_page = 50
    actions = None
    exclude = ("conditions",)
    readonly_fields = ("stated_conditions",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Ask for a version in fields."""
        return VersionForm if obj is None else super().get_form(request, obj, change=change, **options)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Group the fields."""
        return FIELDSETS if obj is None else super().get_fieldsets(request, obj)

    @admin.display(description=gettext_lazy("conditions"))
    def stated_conditions(self, version: AuthorisationVersion) -> str:
        """Return the conditions line by line."""
        return json.dumps(version.conditions, indent=2, ensure_ascii=False) if version.conditions else _("None")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in what the last version says."""
        key = request.GET.get("authorisation", "")
        found = Authorisation.objects.filter(pk=key).first() if key.isdecimal() else None
        return as_the_last(found) if found is not None else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Register the version through the verb."""
        reason = form.cleaned_data["reason"]
        made = register_version(instrument=form.instrument(), draft=form.draft(), actor=acting(request), reason=reason)
        obj.pk, obj.authorisation, obj.number = made.pk, made.authorisation, made.number


@admin.register(AuthorisationWithdrawal)
class AuthorisationWithdrawalAdmin(Unlogged, AppendOnly, WithdrawalModelAdmin):
    """Withdrawals, which are for ever."""

    form = WithdrawalForm
    fields = ("authorisation", "withdrawn_from", "reason")
    list_display = ("authorisation", "withdrawn_from", "registered_by", "reason")
    list_select_related = ("authorisation",)
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Withdraw through the verb."""
        made = withdraw(
            authorisation=obj.authorisation,
            withdrawn_from=obj.withdrawn_from,
            actor=acting(request),
            reason=form.cleaned_data["reason"],
        )
        obj.pk = made.pk
