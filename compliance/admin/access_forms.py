"""The forms of people and machine clients."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.models import Account
from compliance.access.roles import Capability, capabilities_of
from compliance.admin.reason_form import ReasonForm


class AccountForm(ReasonForm):
    """A person; the password is set here and never shown."""

    keeper: ClassVar[Account]
    language = forms.ChoiceField(
        label=gettext_lazy("language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Empty: it stays as it is; a new person without one cannot sign in yet."),
    )

    def clean_new_password(self) -> str:
        """Refuse a weak password."""
        password: str = self.cleaned_data["new_password"]
        if password and isinstance(self.instance, Account):
            validate_password(password, self.instance)
        return password

    def clean(self) -> dict[str, Any]:
        """Let nobody shut themselves out: another keeper takes an access away, so that there is always one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        keeps = Capability.KEEP_REGISTER in capabilities_of(cleaned.get("role") or "")
        if self.instance.pk == self.keeper.pk and not (keeps and cleaned.get("is_active")):
            raise forms.ValidationError(_("You cannot take away your own access; another keeper of the register can."))
        return cleaned


class TokenChoice(models.TextChoices):
    """What to do with a client's token."""

    KEEP = "keep", gettext_lazy("keep the token as it is")
    NEW = "new", gettext_lazy("make a new token; the one before stops working at once")
    REVOKE = "revoke", gettext_lazy("revoke the token; the client is let in no longer")


class MachineClientForm(ReasonForm):
    """A system, and what to do with its token."""

    token = forms.ChoiceField(
        label=gettext_lazy("Token"), choices=TokenChoice, initial=TokenChoice.KEEP, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give a new client a token in any case."""
        super().__init__(*args, **options)
        field = self.fields["token"]
        if self.instance._state.adding and isinstance(field, forms.ChoiceField):
            field.initial = TokenChoice.NEW
            field.choices = [(TokenChoice.NEW.value, _("make a token; it is shown once"))]
