"""What is used, unused and beyond is what the verdict says; what would have been enough, would have been."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from compliance.authorisations.terms import Conditions, Hours, Terms
from compliance.authorisations.vocabulary import Verdict
from compliance.reporting.authorisation_use.compare import Area, Thing, compare
from compliance.reporting.authorisation_use.hours import allowed_hours
from compliance.reporting.authorisation_use.narrowest import narrowest, widened
from compliance.reporting.authorisation_use.use import Use
from compliance.statistics.vocabulary import UseKind
from tests.reporting.authorisation_use.exchanges import BEGINS, asked, hours, judged, used, versions

if TYPE_CHECKING:
    from tests.reporting.authorisation_use.exchanges import Asked

LISTS = ("services", "categories", "purposes", "legal_bases", "routes")
WIDENED = {
    Verdict.SERVICE_OUTSIDE,
    Verdict.CATEGORY_OUTSIDE,
    Verdict.PURPOSE_OUTSIDE,
    Verdict.LEGAL_BASIS_NOT_NAMED,
    Verdict.ROUTE_OUTSIDE,
}
PROTOCOL = Terms(
    authorisation="P",
    number=1,
    provider="KBI",
    recipients=frozenset({"VDAB"}),
    services=frozenset({"DOSSIER", "TEST/2.0"}),
    categories=frozenset({"A", "B"}),
    purposes=frozenset({"MEDIATION"}),
    legal_bases=frozenset({"DECREE"}),
    routes=frozenset({"MAGDA"}),
    environments=frozenset({"production"}),
    valid_from=BEGINS,
)


def use(kind: UseKind, code: str, count: int = 1, verdict: str = "covered") -> Use:
    """Return a count."""
    return Use(kind, code, verdict, count)


def things(rows: tuple[Thing, ...]) -> set[tuple[Area, str]]:
    """Return what they are about."""
    return {(row.area, row.code) for row in rows}


@given(terms=versions, exchanges=asked)
def test_everything_that_is_allowed_is_used_or_unused_and_never_both(terms: Terms, exchanges: list[Asked]) -> None:
    found = compare(terms, used(terms, exchanges))
    allowed = {
        *((Area.SERVICES, code) for code in terms.services),
        *((Area.CATEGORIES, code) for code in terms.categories),
        *((Area.PURPOSES, code) for code in terms.purposes),
        *((Area.LEGAL_BASES, code) for code in terms.legal_bases),
        *((Area.ROUTES, code) for code in terms.routes),
    }
    limited = {one for one in things(found.used) | things(found.unused) if one[0] not in {Area.WEEKDAYS, Area.CLOCK}}
    assert limited == allowed
    assert not things(found.used) & things(found.unused)
    assert found.covered == sum(judged(terms, one).verdict is Verdict.COVERED for one in exchanges)
    assert found.exchanges == len(exchanges)


@given(terms=versions, exchanges=asked)
def test_every_reason_that_the_verdict_gave_is_listed_as_often_as_it_was_given(
    terms: Terms, exchanges: list[Asked]
) -> None:
    found = compare(terms, used(terms, exchanges))
    told = {(row.verdict, row.code): row.count for row in found.beyond}
    for (verdict, code), count in told.items():
        given_for = [
            one
            for one in exchanges
            if any(
                reason.verdict is verdict and code in (reason.detail or ("",)) for reason in judged(terms, one).reasons
            )
        ]
        assert count == len(given_for)
    assert (not told) == (found.outside == 0)


@given(terms=versions, exchanges=asked)
def test_the_narrowest_covers_all_that_was_covered_and_nothing_else(terms: Terms, exchanges: list[Asked]) -> None:
    enough = narrowest(terms, used(terms, exchanges))
    for exchange in exchanges:
        assert judged(enough, exchange).verdict is Verdict.COVERED or judged(terms, exchange).reasons
        assert judged(enough, exchange).reasons or not judged(terms, exchange).reasons
    assert all(getattr(enough, field) <= getattr(terms, field) for field in LISTS)


@given(terms=versions, exchanges=asked)
def test_narrowing_twice_narrows_no_further(terms: Terms, exchanges: list[Asked]) -> None:
    enough = narrowest(terms, used(terms, exchanges))
    assert narrowest(enough, used(enough, exchanges)) == enough


@given(terms=versions, exchanges=asked)
def test_the_widened_covers_whatever_only_a_list_stood_in_the_way_of(terms: Terms, exchanges: list[Asked]) -> None:
    more = widened(terms, used(terms, exchanges))
    for exchange in exchanges:
        reasons = {reason.verdict for reason in judged(terms, exchange).reasons}
        if reasons <= WIDENED:
            assert judged(more, exchange).verdict is Verdict.COVERED
    assert all(getattr(more, field) >= getattr(terms, field) for field in LISTS)


@given(limits=hours)
def test_an_hour_is_allowed_when_a_minute_of_it_is(limits: Hours) -> None:
    by_minute = {
        f"{weekday}-{hour:02}"
        for weekday in range(1, 8)
        for hour in range(24)
        if any(_admits(limits, weekday, f"{hour:02}:{minute:02}") for minute in range(60))
    }
    assert allowed_hours(limits) == by_minute


def _admits(limits: Hours, weekday: int, clock: str) -> bool:
    """Read the rule as it is written."""
    if limits.start < limits.end:
        return weekday in limits.weekdays and limits.start <= clock < limits.end
    before = (weekday - 2) % 7 + 1
    return (weekday in limits.weekdays and clock >= limits.start) or (before in limits.weekdays and clock < limits.end)


def test_a_service_without_a_version_is_used_by_any_of_its_versions() -> None:
    found = compare(PROTOCOL, [use(UseKind.SERVICE, "DOSSIER/1.0", 3), use(UseKind.SERVICE, "DOSSIER/2.0", 4)])
    assert [(row.code, row.count) for row in found.used] == [("DOSSIER", 7)]
    assert (Area.SERVICES, "TEST/2.0") in things(found.unused)


def test_a_category_tells_apart_what_was_asked_and_what_was_given() -> None:
    found = compare(PROTOCOL, [use(UseKind.REQUESTED, "A", 5), use(UseKind.DELIVERED, "B", 2)])
    assert [(row.code, row.count, row.delivered) for row in found.used] == [("A", 5, 0), ("B", 0, 2)]


def test_what_was_not_covered_is_no_use() -> None:
    outside = [use(UseKind.REQUESTED, "A", verdict="expired"), use(UseKind.REASON, "expired", verdict="expired")]
    found = compare(PROTOCOL, outside)
    assert not found.used
    assert [(row.verdict, row.code, row.count) for row in found.beyond] == [(Verdict.EXPIRED, "", 1)]
    assert narrowest(PROTOCOL, outside) == PROTOCOL


def test_hours_beyond_those_allowed_are_named() -> None:
    office = replace(PROTOCOL, conditions=Conditions(hours=Hours(start="07:30", end="19:00")))
    broken = "condition-broken"
    found = compare(
        office,
        [
            use(UseKind.HOUR, "1-07"),
            use(UseKind.HOUR, "6-22", 2, broken),
            use(UseKind.HOUR, "1-19", 1, broken),
            use(UseKind.REASON, "condition-broken/hours", 3, broken),
        ],
    )
    assert [(row.code, row.count, row.hours) for row in found.beyond] == [("hours", 3, ("1-19", "6-22"))]
    assert {row.code for row in found.unused if row.area is Area.WEEKDAYS} == {"2", "3", "4", "5"}


def test_hours_are_narrowed_to_whole_hours_within_those_that_stood_and_widened_around_them() -> None:
    office = replace(PROTOCOL, conditions=Conditions(hours=Hours(start="07:30", end="19:00")))
    outside = [
        use(UseKind.HOUR, "6-20", 1, "condition-broken"),
        use(UseKind.REASON, "condition-broken/hours", 1, "condition-broken"),
    ]
    inside = [use(UseKind.HOUR, "1-07"), use(UseKind.HOUR, "3-15")]
    assert narrowest(office, inside).conditions.hours == Hours(weekdays=(1, 3), start="07:30", end="16:00")
    assert widened(office, outside).conditions.hours == Hours(weekdays=(1, 2, 3, 4, 5, 6), start="07:30", end="21:00")
    assert narrowest(PROTOCOL, inside).conditions.hours is None
