"""The suspension of an instrument, and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.admin.generics import LiftingModelForm, SuspensionModelForm
from compliance.authorisations.models import Authorisation, AuthorisationSuspension, SuspensionLifting
from compliance.authorisations.suspend import check_lifting


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=_("Brussels time."))


class SuspensionForm(SuspensionModelForm):
    """Which instrument allows nothing for the time being, from when, and why."""

    suspended_from = _moment(_("suspended from"))

    class Meta:
        model = AuthorisationSuspension
        fields = ("authorisation", "suspended_from", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what is neither suspended nor withdrawn."""
        super().__init__(*args, **options)
        field = self.fields.get("authorisation")
        if isinstance(field, forms.ModelChoiceField):
            standing = AuthorisationSuspension.objects.filter(lifting=None).values("authorisation")
            field.queryset = Authorisation.objects.filter(withdrawal=None).exclude(pk__in=standing)


class LiftingForm(LiftingModelForm):
    """Which suspension no longer holds, from when, and why."""

    lifted_from = _moment(_("lifted from"))

    class Meta:
        model = SuspensionLifting
        fields = ("suspension", "lifted_from", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what was not lifted before."""
        super().__init__(*args, **options)
        field = self.fields.get("suspension")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = AuthorisationSuspension.objects.filter(lifting=None).select_related("authorisation")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        if {"suspension", "lifted_from"} <= cleaned.keys():
            check_lifting(suspension=cleaned["suspension"], lifted_from=cleaned["lifted_from"])
        return cleaned
