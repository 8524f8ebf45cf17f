"""Why a month may have swung: what was noted of it, what was announced, what schools did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.volumes.months import Month, Swing, judge, stray
from compliance.detection.detectors.volumes.school_calendar import vacation_of
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.detection.detectors.baseline import Calendar

_DAY = timedelta(days=1)
_ENROLMENT: Final = frozenset({1, 2, 8, 9})
"""Months in which courses for adults begin: the year's in September, the second term's from mid January."""
_COURSES_END: Final = 6
"""The month in which most courses end, and certificates are given."""
_MOSTLY: Final = 0.5
"""The part of a month's weekdays that a vacation must hold to explain it."""


class Reason(StrEnum):
    """What explains a swing, the most certain first."""

    FOOTNOTE = "footnote"  # somebody wrote it down
    EVENT = "event"  # it was announced
    CONNECTED = "connected"  # the partner was connected in this month, or the one before
    VACATION = "vacation"  # schools were closed
    ENROLMENT = "enrolment"  # courses began
    CERTIFICATION = "certification"  # courses ended
    NONE = "none"  # nobody has explained it: ask the partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark that belongs to figures of a partner (or of all: empty) in a period; the last day excluded."""

    partner: str
    begins: date
    ends: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A month that swung, and why. ``words`` are those of the note or the event; presenters word the other reasons."""

    partner: str
    month: date
    exchanges: int
    swing: Swing
    reason: Reason
    words: str = ""

    @property
    def is_up(self) -> bool:
        """Tell whether there were more than expected."""
        return self.exchanges > self.swing.expected


def explain(
    counted: Mapping[str, Mapping[date, int]],
    *,
    calendar: Calendar,
    notes: Sequence[Note] = (),
    connected: Mapping[str, date] | None = None,
    with_schools: frozenset[str] = frozenset(),
) -> list[Explained]:
    """Return each month that lies outside what the partner's other months let expect, with its reason, in order.

    ``counted`` are exchanges by partner and month (its first day); ``with_schools`` are the partners that live by the
    school year. How far a month may stray is what is usual among the partners: one whose every month is wild would
    otherwise hide its own swings.
    """
    months = {
        partner: {first: Month(count, _working_days(first, calendar)) for first, count in by_month.items()}
        for partner, by_month in counted.items()
    }
    usual = median([stray(list(each.values())) for each in months.values() if each] or [0.0])
    found = []
    for partner in sorted(months):
        for first, month in sorted(months[partner].items()):
            others = [other for when, other in months[partner].items() if when != first]
            swing = judge(month, others, spread=usual)
            if swing is None or not swing.is_beyond(month.exchanges):
                continue
            up = month.exchanges > swing.expected
            reason, words = _reason(partner, first, calendar, notes, connected or {}, with_schools, up=up)
            found.append(
                Explained(
                    partner=partner, month=first, exchanges=month.exchanges, swing=swing, reason=reason, words=words
                )
            )
    return found


def _reason(
    partner: str,
    first: date,
    calendar: Calendar,
    notes: Sequence[Note],
    connected: Mapping[str, date],
    with_schools: frozenset[str],
    *,
    up: bool,
) -> tuple[Reason, str]:
    after = (first + 31 * _DAY).replace(day=1)
    for note in notes:
        if note.partner in ("", partner) and note.begins < after and first < note.ends:
            return Reason.FOOTNOTE, note.text
    begins, ends = (datetime.combine(day, time(), BRUSSELS) for day in (first, after))
    for event in calendar.events:
        if event.partner in ("", partner) and event.begins < ends and begins < event.ends:
            return Reason.EVENT, event.name
    since = connected.get(partner)
    if since is not None and (first - _DAY).replace(day=1) <= since < after:
        return Reason.CONNECTED, ""
    if partner in with_schools:
        return _of_schools(first, after, up=up), ""
    return Reason.NONE, ""


def _of_schools(first: date, after: date, *, up: bool) -> Reason:
    weekdays = [day for n in range((after - first).days) if (day := first + n * _DAY).isoweekday() <= 5]  # noqa: PLR2004 Friday
    closed = sum(vacation_of(day) is not None for day in weekdays) >= _MOSTLY * len(weekdays)
    if closed and not up:
        return Reason.VACATION
    if up and first.month in _ENROLMENT:
        return Reason.ENROLMENT
    return Reason.CERTIFICATION if up and first.month == _COURSES_END else Reason.NONE


def _working_days(first: date, calendar: Calendar) -> int:
    days = (first + n * _DAY for n in range(31))
    return sum(day.month == first.month and calendar.is_working_day(day) for day in days)
