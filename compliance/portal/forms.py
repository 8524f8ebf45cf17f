"""What administrators fill in about people and systems of their organisation."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.access.invite import NAME_HELP as PERSON_NAME_HELP
from compliance.access.keeping import KEPT_ROLES
from compliance.access.register_client import NAME_HELP as CLIENT_NAME_HELP
from compliance.access.scopes import PERMISSIONS
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.scopes import Scope
    from compliance.kernel.errors import ComplianceError


def _text(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "spellcheck": "false", "autocomplete": "off", **attributes})


class StepForm(forms.Form):
    """A step and its reason. What the verb refuses is shown beside the field that it is about."""

    reason = forms.CharField(
        label=_("Why"),
        min_length=3,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=_("Is kept with the change, with your name and the time."),
    )

    def __init__(self, body: Any = None, **options: Any) -> None:
        """Ask for the reason last."""
        super().__init__(body, **{"auto_id": "step-%s", **options})
        self.order_fields([name for name in self.fields if name != "reason"])

    def refuse(self, error: ComplianceError) -> None:
        """Put what a verb refused beside its fields, or above the form."""
        for one in error.errors:
            name = {"/expires_at": "expires_on"}.get(one.pointer, one.pointer.removeprefix("/"))
            self.add_error(name if name in self.fields else None, one.detail)
        if not error.errors:
            self.add_error(None, error.detail)


class RoleForm(StepForm):
    """Another role."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in KEPT_ROLES],
        widget=forms.RadioSelect,
        help_text=_("A requester asks for authorisations; the data protection officer advises on them."),
    )


class InviteForm(RoleForm):
    """A new person."""

    name = forms.CharField(label=_("Name of the account"), max_length=60, widget=_text(), help_text=PERSON_NAME_HELP)
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False, widget=_text())
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False, widget=_text())
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
        help_text=_("The link to choose a password goes here. Without an address you get the link yourself, once."),
    )
    field_order = ("name", "first_name", "last_name", "email", "role", "reason")


class ScopesForm(StepForm):
    """What a system may do."""

    scopes = forms.MultipleChoiceField(
        label=_("What may the system do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the system may do.")},
    )

    def __init__(self, body: Any = None, *, grantable: Iterable[Scope], **options: Any) -> None:
        """Offer what the organisation may have."""
        super().__init__(body, **options)
        field = self.fields["scopes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(scope.value, PERMISSIONS[scope].allows) for scope in PERMISSIONS if scope in grantable]


class ClientForm(ScopesForm):
    """A new system."""

    name = forms.CharField(label=_("Name of the system"), max_length=30, widget=_text(), help_text=CLIENT_NAME_HELP)
    field_order = ("name", "scopes", "reason")


class KeyForm(StepForm):
    """A new key of a system."""

    label = forms.CharField(
        label=_("Label"),
        max_length=60,
        required=False,
        widget=_text(),
        help_text=_("By which you tell this key from the others, for example: production, spring 2027."),
    )
    expires_on = forms.DateField(
        label=_("Works until"),
        required=False,
        widget=forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day on which it works no longer. Empty: until you revoke it."),
    )
    field_order = ("public_key", "certificate", "label", "expires_on", "reason")

    @property
    def expires_at(self) -> datetime | None:
        """The moment at which the day begins in Brussels."""
        day = self.cleaned_data["expires_on"]
        return None if day is None else datetime.combine(day, time(), BRUSSELS)

    def refuse(self, error: ComplianceError) -> None:
        """Show why, without a private key that was pasted by mistake: the one thing typed that is not given back."""
        if any(one.code == "private-key" for one in error.errors):
            self.data = {name: value for name, value in self.data.items() if name not in {"public_key", "certificate"}}
        super().refuse(error)


class PublicKeyForm(KeyForm):
    """A public key, pasted."""

    public_key = forms.CharField(
        label=_("Public key"),
        widget=forms.Textarea(attrs={"class": "input code", "rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("A JWK, or a text that begins with -----BEGIN PUBLIC KEY-----. Never paste the private key."),
    )


class CertificateForm(KeyForm):
    """A certificate, pasted."""

    certificate = forms.CharField(
        label=_("Certificate"),
        widget=forms.Textarea(attrs={"class": "input code", "rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("A text that begins with -----BEGIN CERTIFICATE-----. The key works until the certificate ends."),
    )
