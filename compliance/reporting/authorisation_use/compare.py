"""What a version allows against what was used: used, never used, used beyond. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.authorisations.vocabulary import Verdict
from compliance.reporting.authorisation_use.hours import allowed_hours, clock_of, weekday_of
from compliance.statistics.vocabulary import UseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from compliance.authorisations.terms import Terms
    from compliance.reporting.authorisation_use.use import Use


class Area(StrEnum):
    """What a version limits, in the order in which it is read."""

    SERVICES = "services"
    CATEGORIES = "categories"
    PURPOSES = "purposes"
    LEGAL_BASES = "legal-bases"
    ROUTES = "routes"
    WEEKDAYS = "weekdays"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is allowed: how often it was used in the period, and from which month to which ever.

    Of a category ``count`` is how often it was asked for and ``delivered`` how often it was given.
    """

    area: Area
    code: str
    count: int = 0
    delivered: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """What stood in the way of exchanges that were not covered: the reason, of what, how often, and at which hours."""

    verdict: Verdict
    code: str
    count: int
    first: date | None = None
    last: date | None = None
    hours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The three lists, and how many exchanges they rest on."""

    used: tuple[Thing, ...]
    unused: tuple[Thing, ...]
    beyond: tuple[Beyond, ...]
    covered: int
    outside: int

    @property
    def exchanges(self) -> int:
        """All exchanges that were judged by it, covered or not."""
        return self.covered + self.outside


_AREAS = {
    Area.SERVICES: ("services", UseKind.SERVICE),
    Area.CATEGORIES: ("categories", UseKind.REQUESTED),
    Area.PURPOSES: ("purposes", UseKind.PURPOSE),
    Area.LEGAL_BASES: ("legal_bases", UseKind.LEGAL_BASIS),
    Area.ROUTES: ("routes", UseKind.ROUTE),
}


def compare(terms: Terms, uses: Iterable[Use]) -> Comparison:
    """Set what a version allows beside what was used. What was not covered is no use of anything."""
    uses = tuple(uses)
    covered = [use for use in uses if use.is_covered]
    things = (*_listed(terms, covered), *_hours(terms, covered))
    return Comparison(
        used=tuple(thing for thing in things if thing.count or thing.delivered),
        unused=tuple(thing for thing in things if not (thing.count or thing.delivered)),
        beyond=_beyond(terms, [use for use in uses if not use.is_covered]),
        covered=sum(use.count for use in covered if use.kind is UseKind.EXCHANGE),
        outside=sum(use.count for use in uses if use.kind is UseKind.EXCHANGE and not use.is_covered),
    )


def matches(allowed: str, used: str) -> bool:
    """Tell whether a code that a version names is what was used; a service without a version stands for all of them."""
    return used == allowed or used.startswith(f"{allowed}/")


def _listed(terms: Terms, covered: list[Use]) -> Iterator[Thing]:
    for area, (field, kind) in _AREAS.items():
        for code in sorted(getattr(terms, field)):
            asked = [use for use in covered if use.kind is kind and matches(code, use.code)]
            if area is Area.CATEGORIES:
                given = [use for use in covered if use.kind is UseKind.DELIVERED and use.code == code]
                yield _thing(area, code, asked, given)
            else:
                yield _thing(area, code, asked)


def _hours(terms: Terms, covered: list[Use]) -> Iterator[Thing]:
    """Yield weekdays and hours of the clock; what is not limited can be used, and never be unused."""
    hours = [use for use in covered if use.kind is UseKind.HOUR]
    limits = terms.conditions.hours
    named = {use.code for use in hours if use.count} if limits is None else allowed_hours(limits)
    for weekday in sorted(set(map(weekday_of, named))):
        yield _thing(Area.WEEKDAYS, str(weekday), [use for use in hours if weekday_of(use.code) == weekday])
    for clock in sorted(set(map(clock_of, named))):
        yield _thing(Area.CLOCK, clock, [use for use in hours if clock_of(use.code) == clock])


def _thing(area: Area, code: str, uses: list[Use], given: list[Use] | None = None) -> Thing:
    months = [month for use in (*uses, *(given or ())) for month in (use.first, use.last) if month is not None]
    return Thing(
        area,
        code,
        count=sum(use.count for use in uses),
        delivered=None if given is None else sum(use.count for use in given),
        first=min(months, default=None),
        last=max(months, default=None),
    )


def _beyond(terms: Terms, outside: list[Use]) -> tuple[Beyond, ...]:
    """Return the reasons of the period by how often, each exchange under every reason that it had."""
    limits = terms.conditions.hours
    allowed = allowed_hours(limits) if limits else frozenset()
    at_other_hours = {
        use.code for use in outside if limits and use.kind is UseKind.HOUR and use.count and use.code not in allowed
    }
    found: dict[str, list[Use]] = {}
    for use in outside:
        if use.kind is UseKind.REASON:
            found.setdefault(use.code, []).append(use)
    rows = [
        _reason(code, uses, tuple(sorted(at_other_hours)))
        for code, uses in found.items()
        if any(use.count for use in uses)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.verdict, row.code)))


def _reason(told: str, uses: list[Use], hours: tuple[str, ...]) -> Beyond:
    verdict, _slash, code = told.partition("/")
    months = [month for use in uses for month in (use.first, use.last) if month is not None]
    return Beyond(
        Verdict(verdict),
        code,
        sum(use.count for use in uses),
        min(months, default=None),
        max(months, default=None),
        hours if code == "hours" else (),
    )
