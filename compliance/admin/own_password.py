"""A new password for oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.forms import PasswordChangeForm

from compliance.access.set_password import set_password

if TYPE_CHECKING:
    from compliance.access.models import Account

REASON = "Chosen by the person."


class OwnPasswordForm(PasswordChangeForm):
    """Asks for the old password and the new one, twice."""

    required_css_class = "required"

    def save(self, commit: bool = True) -> Account:  # noqa: FBT001, FBT002, ARG002 - Django's signature
        """Set it through the verb, so that it is a version."""
        password = self.cleaned_data["new_password1"]
        return set_password(account=self.user, password=password, actor=self.user.actor, reason=REASON)
