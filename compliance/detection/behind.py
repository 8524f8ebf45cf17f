"""How far detection is behind, and which detectors fail: for who watches the service, and who opens cases of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min

from compliance.detection.due import due_days
from compliance.detection.models import DetectedDay, DirtyHour
from compliance.detection.reading.day import followed_below
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import sealed_below

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What waits: days to be looked at, since when, and transactions that were sealed and not followed yet."""

    days: int
    first_day: date | None
    since: datetime | None
    by: timedelta | None
    transactions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A detector that fails: on how many days, the first and the last of them, and what it raised on the last."""

    detector: str
    days: int
    first: date
    last: date
    error: str


def behind() -> Behind:
    """Return what waits to be looked at. Some queries, whatever there is."""
    at = now()
    due = due_days(at=at)
    since = DirtyHour.objects.filter(hour__lt=at).aggregate(since=Min("since"))["since"]
    return Behind(
        days=len(due),
        first_day=due[0] if due else None,
        since=since,
        by=None if since is None else at - since,
        transactions=max(sealed_below(LogNumber.EXCHANGES) - followed_below(), 0),
    )


def failing_detectors() -> list[Failing]:
    """Return the detectors that failed on a day and have not looked at it since. One query."""
    found: dict[str, list[tuple[date, str]]] = {}
    for day, failures in DetectedDay.objects.exclude(failures={}).order_by("day").values_list("day", "failures"):
        for detector, error in failures.items():
            found.setdefault(detector, []).append((day, error))
    return [
        Failing(detector=detector, days=len(days), first=days[0][0], last=days[-1][0], error=days[-1][1])
        for detector, days in sorted(found.items())
    ]
