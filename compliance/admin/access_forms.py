"""The forms of people and machine clients."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.models import Account, all_scopes
from compliance.access.roles import Capability, capabilities_of
from compliance.access.scopes import PERMISSIONS
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


class KeyChoice(models.TextChoices):
    """What to do with a client's keys."""

    KEEP = "keep", gettext_lazy("keep the keys as they are")
    TOKEN = "new", gettext_lazy("make a new token; the tokens before stop working at once")
    SECRET = "secret", gettext_lazy("make a client secret; the other keys keep working")
    REVOKE = "revoke", gettext_lazy("shut the system out; no key lets it in any longer")


class MachineClientForm(ReasonForm):
    """A system, and what to do with its keys."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("may"),
        choices=[(scope.value, permission.allows) for scope, permission in PERMISSIONS.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=all_scopes,
    )
    key = forms.ChoiceField(
        label=gettext_lazy("Key"), choices=KeyChoice, initial=KeyChoice.KEEP, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Give a new client a key in any case."""
        super().__init__(*args, **options)
        field = self.fields["key"]
        if self.instance._state.adding and isinstance(field, forms.ChoiceField):
            field.initial = KeyChoice.TOKEN
            field.choices = [
                (KeyChoice.TOKEN.value, _("make a token; it is shown once")),
                (KeyChoice.SECRET.value, _("make a client secret for OAuth; it is shown once")),
            ]
