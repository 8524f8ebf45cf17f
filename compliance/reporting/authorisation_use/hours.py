"""Hours of the week, as counts write them (``1-09``: Monday from nine to ten in Brussels), and what allows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from compliance.kernel.clock import microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.terms import Hours

# Midnight in Brussels at the start of a Monday, in a week without a change of the clock.
_MONDAY = datetime(2023, 12, 31, 23, tzinfo=UTC)
_LAST_MINUTE = 59


def weekday_of(code: str) -> int:
    """Return the ISO weekday of an hour."""
    return int(code.partition("-")[0])


def clock_of(code: str) -> str:
    """Return the hour on the clock: ``09``."""
    return code.partition("-")[2]


def allowed_hours(hours: Hours) -> frozenset[str]:
    """Return the hours of the week of which at least a minute is allowed."""
    minutes = {0, _LAST_MINUTE, int(hours.start[3:])}
    return frozenset(
        f"{day + 1}-{hour:02}"
        for day in range(7)
        for hour in range(24)
        if any(hours.admit(microseconds(_MONDAY + timedelta(days=day, hours=hour, minutes=one))) for one in minutes)
    )


def narrowed_hours(hours: Hours, used: Iterable[str]) -> Hours:
    """Return the least hours, in whole hours and within those given, that hold all used ones.

    Hours that run past midnight stay as they are: of which day such an hour is, the count does not say.
    """
    used = set(used)
    if not used or hours.start >= hours.end:
        return hours
    clocks = sorted(map(clock_of, used))
    return msgspec.structs.replace(
        hours,
        weekdays=tuple(sorted(set(map(weekday_of, used)) & set(hours.weekdays))),
        start=max(hours.start, f"{clocks[0]}:00"),
        end=min(hours.end, f"{int(clocks[-1]) + 1:02}:00"),
    )


def widened_hours(hours: Hours, used: Iterable[str]) -> Hours:
    """Return the least hours around those given that also hold the used ones; past midnight they stay as they are."""
    used = set(used)
    if not used or hours.start >= hours.end:
        return hours
    clocks = sorted(map(clock_of, used))
    return msgspec.structs.replace(
        hours,
        weekdays=tuple(sorted({*hours.weekdays, *map(weekday_of, used)})),
        start=min(hours.start, f"{clocks[0]}:00"),
        end=max(hours.end, f"{int(clocks[-1]) + 1:02}:00"),
    )
