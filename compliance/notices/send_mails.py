"""Mail what is due: one mail for each person, tried again for ever while it fails."""

from __future__ import annotations

import time
from contextlib import suppress
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING

import structlog
from django.core.mail import get_connection

from compliance.kernel.clock import now
from compliance.notices.claim import claim
from compliance.notices.compose import compose
from compliance.notices.due import wait_after
from compliance.notices.unknown_address import is_unknown, stop_mailing

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail.backends.base import BaseEmailBackend

    from compliance.notices.claim import Claim

SECONDS = 25.0
log_event = structlog.get_logger(__name__)


def send_mails(*, at: datetime | None = None, seconds: float = SECONDS) -> int:
    """Mail what is due, for so many seconds or until nothing is; return how many mails the server accepted.

    Each mail is claimed in a transaction, sent outside any, and marked in another. What is accepted and not marked,
    because the process died between, is sent twice; what is not accepted is never marked. A server that cannot be
    reached ends the run: the others stay due, and the next run tries.
    """
    at, deadline, accepted = at or now(), time.monotonic() + seconds, 0
    while time.monotonic() < deadline and (claimed := claim(at=at)) is not None:
        recipient = claimed.recipient
        if not recipient.is_active or not recipient.email:
            claimed.rows().update(mail_due_at=None)
            continue
        server: BaseEmailBackend = get_connection()
        try:
            server.open()
        except OSError as error:
            _failed(claimed, error, at=at)
            break
        try:
            server.send_messages([compose(recipient=recipient, notices=claimed.notices)])
            claimed.rows().update(mailed_at=at, mail_due_at=None)
            accepted += 1
        except (OSError, ValueError) as error:  # an address that cannot be written in a mail is a ValueError
            _failed(claimed, error, at=at)
        finally:
            with suppress(OSError):  # the mail was accepted or not before this
                server.close()
    return accepted


def _failed(claimed: Claim, error: OSError | ValueError, *, at: datetime) -> None:
    """Plan the next attempt, or stop where the server says that there is no such address. Addresses are not logged."""
    if isinstance(error, SMTPRecipientsRefused) and is_unknown(error):
        stop_mailing(claimed.recipient)
        log_event.warning("mail_address_unknown", account=claimed.recipient.pk)
        return
    claimed.rows().update(mail_due_at=at + wait_after(claimed.attempts))
    log_event.warning(
        "mail_not_sent",
        notices=len(claimed.notices),
        attempts=claimed.attempts,
        error=type(error).__name__,
        status=_status(error),
    )


def _status(error: OSError | ValueError) -> int | None:
    match error:
        case SMTPResponseException():
            return error.smtp_code
        case SMTPRecipientsRefused():
            return next((code for code, _said in error.recipients.values()), None)
        case _:
            return None
