"""Where and when somebody is mailed, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.notices.models import MailPreference


@dataclass(frozen=True, slots=True)
class PresentedPreference:
    """Where mail goes, and what is wrong with that."""

    address: str
    fault: str


def present_preference(account: Account, preference: MailPreference | None) -> PresentedPreference:
    """Say where mail goes, and why it does not."""
    if not account.email:
        return PresentedPreference(
            "", _("Your account has no mail address, so you read notices here only. Ask the operator to add one.")
        )
    if preference and preference.unknown_address == account.email:
        return PresentedPreference(
            account.email,
            _(
                "The mail server does not know this address, so you read notices here only. "
                "Ask the operator to correct it, or save this page to try it again."
            ),
        )
    return PresentedPreference(account.email, "")
