"""An address that the mail server does not know: its person reads notices in the service, until it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.notices.models import MailPreference, Notice

if TYPE_CHECKING:
    from smtplib import SMTPRecipientsRefused

    from compliance.access.models import Account

_FOR_EVER = 500  # RFC 5321; below, the server asks to try again
# RFC 3463: the address itself is bad. Other refusals (a full mailbox, a relay denied, a policy) may pass.
_BAD_ADDRESS = b"5.1."


def is_unknown(refused: SMTPRecipientsRefused) -> bool:
    """Tell whether the server refused for ever, because it does not know the address."""
    return all(code >= _FOR_EVER and said.startswith(_BAD_ADDRESS) for code, said in refused.recipients.values())


@transaction.atomic
def stop_mailing(account: Account) -> None:
    """Mail nothing to the person's present address; what waits is shown in the service only. One transaction."""
    MailPreference.objects.update_or_create(account=account, defaults={"unknown_address": account.email})
    Notice.objects.of(account).not_mailed().update(mail_due_at=None)
