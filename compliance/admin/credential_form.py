"""The form of a client's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.access.certificates import read_certificate
from compliance.access.models import ClientCredential, MachineClient
from compliance.access.public_keys import read_public_key
from compliance.access.vocabulary import CredentialKind
from compliance.admin.reason_form import ReasonForm
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime


class CredentialForm(ReasonForm):
    """A key to give, or one to revoke."""

    pasted = forms.CharField(
        label=_("Public key or certificate"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80, "spellcheck": "false"}),
        help_text=_("A secret or a token is made here and shown once. Never paste a private key."),
    )
    expires_at = forms.DateTimeField(
        label=_("Works until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Brussels time."),
    )
    revoke = forms.BooleanField(
        label=_("revoke the key"), required=False, help_text=_("It is shut out from the next request on, for good.")
    )

    class Meta:
        model = ClientCredential
        fields = ("client", "kind", "label", "expires_at")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the systems that are let in."""
        super().__init__(*args, **options)
        field = self.fields.get("client")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = MachineClient.objects.filter(revoked_at=None).order_by("name")

    def clean_expires_at(self) -> datetime | None:
        """Refuse an end that has passed."""
        end: datetime | None = self.cleaned_data["expires_at"]
        if end is not None and end <= now():
            raise forms.ValidationError(_("The end has passed. Choose a later day."))
        return end

    def clean(self) -> dict[str, Any]:
        """Read what was pasted; a private key is not given back."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            match cleaned.get("kind"):
                case CredentialKind.PUBLIC_KEY:
                    read_public_key(cleaned.get("pasted", ""))
                case CredentialKind.CERTIFICATE:
                    read_certificate(cleaned.get("pasted", ""), at=now())
        except InvalidInputError as error:
            self.data = {name: value for name, value in self.data.items() if name != "pasted"}
            self.add_error("pasted", [one.detail for one in error.errors])
        return cleaned
