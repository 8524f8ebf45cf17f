"""The series that a case is about, hour by hour or day by day, with the band in which it was expected."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl
from django.db.models import Sum

from compliance.console.days import midnight
from compliance.console.presenters import words
from compliance.console.presenters.cases.series_picture import Seen, Step
from compliance.detection.detectors.volumes.expectation import LEARNT_FROM, Grain, expect
from compliance.detection.detectors.volumes.series import Series
from compliance.detection.detectors.window import COUNTS
from compliance.exchanges.vocabulary import Environment
from compliance.statistics.models import HourCount

if TYPE_CHECKING:
    from compliance.cases.models import Case
    from compliance.detection.detectors.baseline import Calendar

_DAY: Final = timedelta(days=1)
_SHORT: Final = timedelta(days=2)
_BEFORE: Final = {Step.HOUR: 2, Step.DAY: 27}
_AFTER: Final = {Step.HOUR: 1, Step.DAY: 7}
_LONGEST: Final = 120


def series_name(case: Case) -> Series | None:
    """Return the series that the most telling finding names; else the partner's traffic, of its service if named."""
    told = next((finding.series for finding in case.findings.all() if finding.series), "")
    try:
        return Series.read(told)
    except ValueError:
        return Series(case.partner, case.service) if case.partner else None


def step_of(case: Case) -> Step:
    """Return how fine the series is drawn: what lasts less than two days by the hour."""
    short = case.begins is not None and case.ends is not None and case.ends - case.begins < _SHORT
    return Step.HOUR if short else Step.DAY


def series_of(case: Case, *, at: datetime, calendar: Calendar) -> list[Seen]:
    """Return what was seen and expected around a case; one query. Empty where there is nothing to draw."""
    series = series_name(case)
    if series is None or case.begins is None or case.ends is None:
        return []
    step = step_of(case)
    last_day = words.local_day(case.ends - timedelta(microseconds=1))
    first = max(words.local_day(case.begins) - _BEFORE[step] * _DAY, last_day - _LONGEST * _DAY)
    last = min(last_day + _AFTER[step] * _DAY, words.local_day(at))
    if last < first:
        return []
    counts = _counts(series, first - LEARNT_FROM * _DAY, last)
    if counts.is_empty():
        return []
    grain = Grain.HOUR if step is Step.HOUR else Grain.DAY
    frame = expect(counts=counts, series=series, first=first, last=last, calendar=calendar, until=at, grain=grain)
    return [
        Seen(moment, seen, low, expected, high, in_window=_lies_in(case, moment, step))
        for moment, seen, low, expected, high in (
            (_moment(place), None if seen is None else int(seen), low, expected, high)
            for place, seen, low, expected, high in frame.rows()
        )
    ]


def _counts(series: Series, first: date, last: date) -> pl.DataFrame:
    """Read the hours of a partner."""
    rows = (
        HourCount.objects.filter(
            environment=Environment.PRODUCTION,
            partner=series.partner,
            hour__gte=midnight(first),
            hour__lt=midnight(last + _DAY),
        )
        .values_list("hour", "partner", "service", "route", "trigger", "outcome")
        .annotate(total=Sum("count"))
        .order_by()
    )
    return pl.DataFrame(list(rows), schema=COUNTS, orient="row")


def _moment(place: date) -> datetime:
    return place if isinstance(place, datetime) else midnight(place)


def _lies_in(case: Case, moment: datetime, step: Step) -> bool:
    length = _DAY if step is Step.DAY else timedelta(hours=1)
    return case.begins is not None and case.ends is not None and moment < case.ends and moment + length > case.begins
