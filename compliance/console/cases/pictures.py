"""Which pictures a case has: all on its page, one in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.cases.day_of import busiest_day, evidence_of, told_of_day, whole_day
from compliance.console.cases.pairs_of import pairs_of
from compliance.console.cases.series_of import series_name, series_of, step_of
from compliance.console.presenters import words
from compliance.console.presenters.cases.day_picture import present_day
from compliance.console.presenters.cases.graph_picture import present_graph
from compliance.console.presenters.cases.series_picture import present_series
from compliance.detection.detectors.baseline import Calendar
from compliance.detection.reading.register import read_register

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.cases.models import Case
    from compliance.console.presenters.cases.graph_picture import Pair
    from compliance.console.presenters.cases.picture import Picture
    from compliance.console.presenters.names import Names

_SMALL_GRAPH = 6


def pictures_of(case: Case, *, at: datetime, names: Names) -> tuple[Picture, ...]:
    """Return every picture of a case: of people first who looked at whom and their day, of the rest the series."""
    found: list[Picture | None] = []
    register = read_register(words.local_day(case.begins or at))
    if not _has_series(case):
        found.append(present_graph(pairs_of([case]).get(case.pk, []), key="graph"))
    evidence = evidence_of(case)
    day = busiest_day(evidence) if case.user_key is not None else None
    if day is not None:
        looked = whole_day(evidence, day) or told_of_day(evidence, day)
        hours = register.office_hours.get(case.partner)
        office = hours.by_weekday.get(day.isoweekday(), (0, 0)) if hours else None
        found.append(present_day(looked, key="day", day=day, office=office))
    if _has_series(case):
        found.append(_series(case, at=at, calendar=register.calendar, names=names, key="series"))
    return tuple(one for one in found if one is not None)


def small_pictures(cases: Iterable[Case], *, at: datetime, names: Names) -> dict[int, Picture]:
    """Return one picture for each case that has one: of several people a graph, of one their day, else the series."""
    listed = list(cases)
    pairs = pairs_of(listed)
    calendar = read_register(words.local_day(at)).calendar if any(_has_series(case) for case in listed) else Calendar()
    found = {case.pk: _small(case, pairs.get(case.pk, []), at=at, calendar=calendar, names=names) for case in listed}
    return {number: picture for number, picture in found.items() if picture is not None}


def _has_series(case: Case) -> bool:
    """Tell whether it is about nobody, so that its series is drawn."""
    return case.user_key is None and case.person_key is None


def _small(case: Case, pairs: list[Pair], *, at: datetime, calendar: Calendar, names: Names) -> Picture | None:
    if _has_series(case):
        return _series(case, at=at, calendar=calendar, names=names, key=f"series-{case.pk}")
    if len(pairs) > 1:
        return present_graph(pairs, key=f"graph-{case.pk}", most=_SMALL_GRAPH)
    evidence = evidence_of(case)
    day = busiest_day(evidence)
    return present_day(told_of_day(evidence, day), key=f"day-{case.pk}", day=day, office=None) if day else None


def _series(case: Case, *, at: datetime, calendar: Calendar, names: Names, key: str) -> Picture | None:
    name = series_name(case)
    if name is None:
        return None
    parts = (names.organisation(name.partner), names.service(name.service), names.route(name.route))
    what = ", ".join(part for part in parts if part)
    title = _("Exchanges of %(what)s") % {"what": what}
    return present_series(series_of(case, at=at, calendar=calendar), key=key, title=title, step=step_of(case))
