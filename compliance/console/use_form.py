"""Which quarter, version and partner the use of an authorisation is asked for, and what a drafted amendment holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from compliance.reporting.authorisation_use.quarter import Quarter

if TYPE_CHECKING:
    from django.http import QueryDict


class UseForm(forms.Form):
    """What the address asks. Nothing given asks for the newest quarter with exchanges, and the version of its end."""

    quarter = forms.RegexField(r"^[12]\d{3}-Q[1-4]$", required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    partner = forms.CharField(required=False, max_length=40)

    def __init__(self, address: QueryDict) -> None:
        """Read the query of an address; what somebody mended by hand and broke counts as not given."""
        super().__init__(address)
        self.is_valid()

    @property
    def asked_quarter(self) -> Quarter | None:
        """The quarter."""
        written = self.cleaned_data.get("quarter")
        return Quarter.read(written) if written else None

    @property
    def asked_version(self) -> int | None:
        """The number of the version."""
        number: int | None = self.cleaned_data.get("version")
        return number

    @property
    def asked_partner(self) -> str:
        """The code of the partner."""
        return str(self.cleaned_data.get("partner", ""))

    @property
    def query(self) -> dict[str, str]:
        """The fields as an address has them."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class AmendmentForm(forms.Form):
    """What the drafted amendment is to do."""

    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave out what was not used in these twelve months"), required=False, initial=True
    )
    add = forms.BooleanField(label=gettext_lazy("Add what was used beyond it in this quarter"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an amendment that would change nothing."""
        kept = super().clean() or {}
        if not any(kept.values()):
            raise forms.ValidationError(gettext_lazy("Choose what the amendment has to change."))
        return kept
