"""The marks on hours of which something must be looked at, by the day of Brussels in which the hours lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from compliance.detection.detectors.make_window import bounds
from compliance.detection.models import DetectedDay, DirtyHour
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

_MARK = """
    INSERT INTO compliance_dirtyhour AS kept (hour, mark, since)
    SELECT DISTINCT date_bin('1 hour', told.hour, '2000-01-01 00:00+00'), pg_current_xact_id()::text::bigint, %s
      FROM unnest(%s::timestamptz[]) AS told (hour)
    ON CONFLICT (hour) DO UPDATE SET mark = excluded.mark
"""
_CLEAR = """
    DELETE FROM compliance_dirtyhour AS kept USING unnest(%s::timestamptz[], %s::bigint[]) AS seen (hour, mark)
     WHERE kept.hour = seen.hour AND kept.mark = seen.mark
"""
_DAYS = """
    SELECT DISTINCT (hour AT TIME ZONE 'Europe/Brussels')::date FROM compliance_dirtyhour WHERE hour < %s ORDER BY 1
"""


def marks_of(day: date) -> dict[datetime, int]:
    """Return the marks on the hours of a day."""
    begins, ends = bounds(day)
    return dict(DirtyHour.objects.filter(hour__gte=begins, hour__lt=ends).values_list("hour", "mark"))


def mark(moments: Iterable[datetime], *, at: datetime) -> None:
    """Mark the hours of these moments, in the caller's transaction."""
    with connection.cursor() as database:
        database.execute(_MARK, [at, list(moments)])


def mark_day(day: date, *, at: datetime) -> None:
    """Mark a day, in the caller's transaction."""
    mark([bounds(day)[0]], at=at)


def mark_looked_at(moments: Iterable[datetime], *, at: datetime) -> None:
    """Mark the days of these moments that were looked at, in the caller's transaction; the others hold nothing yet."""
    days = {moment.astimezone(BRUSSELS).date() for moment in moments}
    looked = DetectedDay.objects.filter(day__in=days).order_by("day").values_list("day", flat=True)
    mark([bounds(day)[0] for day in looked], at=at)


def mark_following(day: date, *, at: datetime) -> None:
    """Mark every later day that was looked at, in the caller's transaction: it was held against this one too."""
    later = DetectedDay.objects.filter(day__gt=day).order_by("day").values_list("day", flat=True)
    mark([bounds(one)[0] for one in later], at=at)


def clear(marks: Mapping[datetime, int]) -> None:
    """Take away marks that nobody has set anew meanwhile, in the caller's transaction."""
    with connection.cursor() as database:
        database.execute(_CLEAR, [list(marks), list(marks.values())])


def marked_days(*, before: datetime) -> list[date]:
    """Return the days with a marked hour that began before a moment, the first first."""
    with connection.cursor() as database:
        database.execute(_DAYS, [before])
        return [day for (day,) in database.fetchall()]
