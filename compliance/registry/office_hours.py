"""When people of an organisation work: the hours of each weekday, and the days on which it is closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from compliance.registry.models import ClosingPeriod, OfficeHours

if TYPE_CHECKING:
    from datetime import date


def office_hours_at(day: date) -> dict[str, dict[int, tuple[int, int]]]:
    """Return the hours in force on a day: by organisation and ISO weekday, from until (excluded). One query.

    Only organisations of which the register says hours; on a weekday that it does not name they are closed.
    """
    in_force = Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    rows = OfficeHours.objects.filter(in_force).order_by("organisation__code", "weekday", "valid_from")
    for code, weekday, opens, closes in rows.values_list("organisation__code", "weekday", "opens", "closes"):
        found[code][weekday] = (opens, closes)
    return dict(found)


def closing_days_between(start: date, end: date) -> dict[str, frozenset[date]]:
    """Return the days from ``start`` until ``end`` (excluded) on which organisations are closed. One query."""
    found: dict[str, set[date]] = defaultdict(set)
    rows = ClosingPeriod.objects.filter(closed_from__lt=end, closed_until__gt=start)
    for code, first, until in rows.values_list("organisation__code", "closed_from", "closed_until"):
        begins, ends = max(first, start), min(until, end)
        found[code].update(begins + timedelta(days=number) for number in range((ends - begins).days))
    return {code: frozenset(days) for code, days in found.items()}
