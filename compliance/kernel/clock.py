"""The one place where time comes from: aware, UTC, microseconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")
_MICROSECOND = timedelta(microseconds=1)
_HOUR = 3_600_000_000


def now() -> datetime:
    """Return the present moment in UTC. Read it once per verb."""
    return datetime.now(UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z of an aware moment."""
    return (moment - EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """Return the UTC moment that lies ``count`` microseconds after 1970."""
    return EPOCH + timedelta(microseconds=count)


def canonical_time(at: int) -> str:
    """Write microseconds since 1970 as RFC 3339 in UTC with exactly six decimals: ``2016-03-01T09:14:03.000000Z``."""
    hours, rest = divmod(at, _HOUR)
    minutes, rest = divmod(rest, 60_000_000)
    seconds, rest = divmod(rest, 1_000_000)
    return f"{_hour_text(hours)}{minutes:02d}:{seconds:02d}.{rest:06d}Z"


@lru_cache(maxsize=4_096)
def _hour_text(hours: int) -> str:
    return f"{from_microseconds(hours * _HOUR):%Y-%m-%dT%H:}"
