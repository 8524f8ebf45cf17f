"""The pages of suspensions and of their liftings: added, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from compliance.admin.generics import LiftingModelAdmin, SuspensionModelAdmin
from compliance.admin.keeper import acting
from compliance.admin.permissions import AppendOnly, Unlogged
from compliance.admin.suspension_forms import LiftingForm, SuspensionForm
from compliance.authorisations.models import AuthorisationSuspension, SuspensionLifting
from compliance.authorisations.suspend import lift_suspension, suspend

if TYPE_CHECKING:
    from django.http import HttpRequest


@admin.register(AuthorisationSuspension)
class AuthorisationSuspensionAdmin(Unlogged, AppendOnly, SuspensionModelAdmin):
    """Suspensions, which hold until they are lifted."""

    form = SuspensionForm
    fields = ("authorisation", "suspended_from", "reason")
    list_display = ("authorisation", "suspended_from", "registered_by", "reason")
    list_select_related = ("authorisation",)
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Suspend through the verb."""
        made = suspend(
            authorisation=obj.authorisation,
            suspended_from=obj.suspended_from,
            actor=acting(request),
            reason=form.cleaned_data["reason"],
        )
        obj.pk = made.pk


@admin.register(SuspensionLifting)
class SuspensionLiftingAdmin(Unlogged, AppendOnly, LiftingModelAdmin):
    """Liftings, which are for ever."""

    form = LiftingForm
    fields = ("suspension", "lifted_from", "reason")
    list_display = ("suspension", "lifted_from", "registered_by", "reason")
    list_select_related = ("suspension__authorisation",)
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Lift through the verb."""
        made = lift_suspension(
            authorisation=obj.suspension.authorisation,
            lifted_from=obj.lifted_from,
            actor=acting(request),
            reason=form.cleaned_data["reason"],
        )
        obj.pk = made.pk
