"""What the register says that a window is held against, as it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from compliance.authorisations.models import AuthorisationUse
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.terms import period_start
from compliance.detection.detectors.baseline import Baseline, Calendar, Cover, OfficeHours, PlannedEvent
from compliance.detection.detectors.history import COUNT_DAYS
from compliance.detection.detectors.make_window import bounds
from compliance.detection.detectors.volumes.school_calendar import school_holidays
from compliance.detection.models import ApplicationForTests, PersonForTests
from compliance.detection.planned_events.models import PlannedEvent as Planned
from compliance.kernel.clock import from_microseconds, microseconds
from compliance.registry.models import DataCategory
from compliance.registry.office_hours import closing_days_between, office_hours_at
from compliance.registry.revision import current_revision
from compliance.registry.working_days import closing_days_at, official_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.authorisations.terms import Period, Terms

_YEARS_BACK = 2
_FEEDING: Final = (
    "SELECT code FROM compliance_organisation AS organisation "
    "WHERE EXISTS (SELECT FROM compliance_dossier WHERE partner = organisation.code)"
)


def read_register(day: date) -> Baseline:
    """Return a baseline without what comes from traffic, nor dossiers."""
    _, ends = bounds(day)
    known = current_snapshot().terms
    begun = [terms for terms in known if terms.valid_from < microseconds(ends)]
    speaking = [terms for terms in begun if _speaks(terms, day)]
    years = range(day.year - _YEARS_BACK, day.year + 2)
    return Baseline(
        calendar=Calendar(
            holidays=official_holidays(years),
            school_holidays=school_holidays(years),
            closing_days=_closing_days(day),
            events=_planned(day),
        ),
        feeding=_feeding(),
        office_hours=_office_hours(day),
        covers=(*_covers(begun, day), *_to_come(known, begun)),
        sensitive=frozenset(DataCategory.objects.filter(special_category=True).values_list("code", flat=True)),
        test_persons=frozenset(PersonForTests.objects.values_list("person", flat=True)),
        test_applications=frozenset(ApplicationForTests.objects.values_list("name", flat=True)),
        batch_purposes=frozenset(purpose for terms in speaking for purpose in terms.purposes),
    )


def _planned(day: date) -> tuple[PlannedEvent, ...]:
    """Return what was announced and accepted, as far back as counts are looked at."""
    since, until = bounds(day - timedelta(days=COUNT_DAYS))[0], bounds(day)[1]
    found = Planned.objects.accepted().between(since, until).select_related("partner").order_by("begins", "id")
    return tuple(
        PlannedEvent(
            name=event.name,
            begins=event.begins,
            ends=event.ends,
            partner="" if event.partner is None else event.partner.code,
            service=event.service,
        )
        for event in found
    )


def _closing_days(day: date) -> dict[str, frozenset[date]]:
    """Return our own closing days, under no name, and those of partners that are near a day."""
    near = closing_days_between(day - timedelta(days=365 * _YEARS_BACK), day + timedelta(days=365))
    return near | {"": frozenset(closing_days_at(current_revision()))}


def _feeding() -> frozenset[str]:
    with connection.cursor() as database:
        database.execute(_FEEDING)
        return frozenset(code for (code,) in database.fetchall())


def _speaks(terms: Terms, day: date) -> bool:
    begins, _ = bounds(day)
    end = _end(terms)
    return end is None or end > microseconds(begins)


def _end(terms: Terms) -> int | None:
    """Return when a version ends, by its own date or because the instrument was withdrawn."""
    return min((end for end in (terms.valid_until, terms.withdrawn_from) if end is not None), default=None)


def _office_hours(day: date) -> dict[str, OfficeHours]:
    return {partner: OfficeHours(by_weekday=hours) for partner, hours in office_hours_at(day).items()}


def _covers(begun: Iterable[Terms], day: date) -> Iterable[Cover]:
    versions = list(begun)
    used = _used({terms.authorisation for terms in versions if terms.conditions.ceilings}, day)
    newest = {terms.authorisation: terms.number for terms in sorted(versions, key=lambda one: one.number)}
    for terms in versions:
        is_newest = newest[terms.authorisation] == terms.number
        yield Cover(
            authorisation=terms.reference,
            partner=next(iter(terms.recipients)) if len(terms.recipients) == 1 else "",
            ends=_moment(_end(terms)),
            services=terms.services,
            ceilings=tuple((one.period, one.count) for one in terms.conditions.ceilings) if is_newest else (),
            used=used.get(terms.authorisation, {}) if is_newest else {},
        )


def _to_come(known: Iterable[Terms], begun: Iterable[Terms]) -> Iterable[Cover]:
    """Yield the versions that begin later: they may be the successors of what ends."""
    standing = {terms.reference for terms in begun}
    for terms in known:
        if terms.reference not in standing:
            yield Cover(authorisation=terms.reference, partner="", ends=_moment(_end(terms)), services=terms.services)


def _moment(at: int | None) -> datetime | None:
    return None if at is None else from_microseconds(at)


def _used(authorisations: set[str], day: date) -> dict[str, dict[str, int]]:
    """Return by instrument and period what was used of it from the period's beginning until the day ended."""
    noon = microseconds(bounds(day)[0] + timedelta(hours=12))
    periods: tuple[Period, ...] = ("day", "week", "month", "year")
    starts = {period: period_start(at=noon, period=period) for period in periods}
    rows = AuthorisationUse.objects.filter(
        authorisation__in=authorisations, period="day", period_start__range=(min(starts.values()), day)
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(periods, 0))
    for row in rows:
        for period, start in starts.items():
            if row.period_start >= start:
                found[row.authorisation][period] += row.count
    return found
