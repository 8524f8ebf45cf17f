"""What one version of an authorisation allows, as plain values that a verdict can be computed from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

import msgspec

from compliance.kernel.clock import BRUSSELS, from_microseconds

Period = Literal["day", "week", "month", "year"]
Stretch = tuple[int, int | None]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "until"}):
    """Weekdays (ISO, Monday is 1) and local times in Brussels (``07:00`` until, excluded, ``19:00``).

    Hours that end before they start run past midnight, and belong to the day on which they start.
    """

    weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    start: str = "00:00"
    end: str = "24:00"

    def __post_init__(self) -> None:
        """Refuse times that could not be compared, and hours that say neither never nor always."""
        if not (_CLOCK.fullmatch(self.start) and _CLOCK.fullmatch(self.end)):
            message = "Write times as 07:00, from 00:00 to 24:00."
            raise ValueError(message)
        if self.start == self.end:
            message = "Hours must end at another time than they start."
            raise ValueError(message)

    def admit(self, at: int) -> bool:
        """Tell whether a moment (microseconds since 1970) falls within."""
        day, hour = _local_hour(at // _HOUR)
        clock = f"{hour:02d}:{at // _MINUTE % 60:02d}"
        if self.start < self.end:
            return day in self.weekdays and self.start <= clock < self.end
        if clock >= self.start:
            return day in self.weekdays
        return clock < self.end and (day - 2) % 7 + 1 in self.weekdays


@lru_cache(maxsize=4_096)
def _local_hour(hours: int) -> tuple[int, int]:
    """Return weekday and hour in Brussels, which is a whole number of hours from UTC."""
    local = from_microseconds(hours * _HOUR).astimezone(BRUSSELS)
    return local.isoweekday(), local.hour


class Ceiling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most ``count`` exchanges a period; a periodicity is a ceiling (a weekly file: one a week)."""

    count: Annotated[int, msgspec.Meta(ge=0)]
    period: Period


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions besides the scope: hours, ceilings, and the groups of users who may ask by hand."""

    hours: Hours | None = None
    ceilings: tuple[Ceiling, ...] = ()
    user_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One version of an instrument. Moments are microseconds since 1970; ``None`` is open-ended.

    ``suspended`` are the stretches (from, until) in which the instrument was suspended; they may overlap.
    """

    authorisation: str
    number: int
    provider: str
    recipients: frozenset[str]
    services: frozenset[str]
    categories: frozenset[str]
    purposes: frozenset[str]
    legal_bases: frozenset[str]
    routes: frozenset[str]
    environments: frozenset[str]
    valid_from: int
    valid_until: int | None = None
    withdrawn_from: int | None = None
    suspended: tuple[Stretch, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def reference(self) -> str:
        """Return how entries name this version: ``CODE/number``."""
        return f"{self.authorisation}/{self.number}"

    def is_suspended(self, moment: int) -> bool:
        """Tell whether the instrument was suspended at a moment."""
        return any(start <= moment and (end is None or moment < end) for start, end in self.suspended)


def period_start(*, at: int, period: Period) -> date:
    """Return the first day, in Brussels, of the period in which a moment (microseconds) falls."""
    return _period_start(at // _HOUR, period)


@lru_cache(maxsize=4_096)
def _period_start(hours: int, period: Period) -> date:
    day = from_microseconds(hours * _HOUR).astimezone(BRUSSELS).date()
    match period:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
