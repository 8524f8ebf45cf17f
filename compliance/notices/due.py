"""When a notice is mailed: as its reader prefers, and again after it failed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from compliance.kernel.clock import BRUSSELS
from compliance.notices.vocabulary import DIGEST_HOUR, MailWhen

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.notices.models import MailPreference

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 6 * 60, 24 * 60))


def first_due(
    *, account: Account, preference: MailPreference | None, at: datetime, is_urgent: bool = False
) -> datetime | None:
    """Return when the person is mailed what was made at a moment; ``None``: it is shown in the service only.

    What is urgent does not wait for the hour of daily mail.
    """
    if not account.email or (preference and preference.unknown_address == account.email):
        return None
    match when := MailWhen(preference.when) if preference else MailWhen.AT_ONCE:
        case MailWhen.AT_ONCE:
            return at
        case MailWhen.DAILY:
            return at if is_urgent or preference is None else next_digest(at, hour=preference.hour)
        case MailWhen.NEVER:
            return None
        case _:
            assert_never(when)


def next_digest(at: datetime, *, hour: int = DIGEST_HOUR) -> datetime:
    """Return the first moment after this one at which daily mail goes, by the clock of Brussels."""
    here, goes = at.astimezone(BRUSSELS), time(hour)
    day = here.date() if here.time() < goes else here.date() + timedelta(days=1)
    return datetime.combine(day, goes, tzinfo=BRUSSELS).astimezone(UTC)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts in vain: a minute at first, a day at most, and for ever."""
    return _WAITS[min(attempts, len(_WAITS)) - 1]
