"""Tokens with which a person's own programs read what the person may read: an auditor's reader, an operator's monitor.

Nothing is kept of them: they are signed, end on a day, and stop working at once when the person's
password changes or the account is closed. What they allow is what the person's role allows when they are used.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.core import signing
from django.utils.crypto import constant_time_compare

from compliance.access.models import Account
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "kbr_"
MOST_DAYS = 366
_SALT = "compliance.access.reader_tokens"
log_event = structlog.get_logger(__name__)


def issue_reader_token(*, account: Account, days: int, at: datetime | None = None) -> str:
    """Return a token of this person that works for so many days, 366 at the most."""
    until = int(((at or now()) + timedelta(days=min(days, MOST_DAYS))).timestamp())
    log_event.info("reader_token_issued", account=account.pk, until=until)
    return PREFIX + signing.dumps([account.pk, until, account.get_session_auth_hash()], salt=_SALT)


def reader_of(token: str) -> Account | None:
    """Return whose token this is, or ``None`` when it is none, has ended or was undone. One query."""
    if not token.startswith(PREFIX):
        return None
    try:
        identifier, until, password = signing.loads(token.removeprefix(PREFIX), salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    account = Account.objects.filter(pk=identifier, is_active=True).first()
    if account is None or until < now().timestamp():
        return None
    return account if constant_time_compare(password, account.get_session_auth_hash()) else None
