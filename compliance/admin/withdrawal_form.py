"""The withdrawal of an instrument."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.admin.generics import WithdrawalModelForm
from compliance.authorisations.models import Authorisation, AuthorisationWithdrawal


class WithdrawalForm(WithdrawalModelForm):
    """Which instrument allows nothing any more, from when, and why."""

    withdrawn_from = forms.DateTimeField(
        label=_("withdrawn from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Brussels time."),
    )

    class Meta:
        model = AuthorisationWithdrawal
        fields = ("authorisation", "withdrawn_from", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what was not withdrawn before."""
        super().__init__(*args, **options)
        field = self.fields.get("authorisation")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Authorisation.objects.filter(withdrawal=None)
