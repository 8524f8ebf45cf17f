"""Random authorisations and questions, small enough that they meet; and the verdict worked out the plain way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from compliance.authorisations.covers import Coverage
from compliance.authorisations.judgement import Judgement, Reason, Shape
from compliance.authorisations.snapshot import Document, Snapshot
from compliance.authorisations.terms import Ceiling, Conditions, Hours, Terms, period_start
from compliance.authorisations.usage import Usage
from compliance.authorisations.vocabulary import Verdict
from compliance.kernel.clock import BRUSSELS, from_microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from compliance.authorisations.terms import Period, Stretch

HOUR = 3_600_000_000
FIRST = 403_200 * HOUR  # some day in 2015
CODES = ("A", "B")
PERIODS: tuple[Period, ...] = ("day", "week", "month", "year")
ORDER = list(Verdict)

# Few moments, so that exchanges often lie exactly where something begins or ends; three days, so that hours matter.
moments = st.integers(0, 72).map(lambda hours: FIRST + hours * HOUR)
codes = st.sampled_from(CODES)
# Mostly all of them, so that a good part of the exchanges is covered.
some = st.sampled_from([frozenset(CODES)] * 4 + [frozenset("A"), frozenset("B")])
mostly_a = st.sampled_from("AAAB")
hours = st.builds(
    lambda weekdays, ends: Hours(weekdays=tuple(weekdays), start=f"{ends[0]:02d}:00", end=f"{ends[1]:02d}:00"),
    st.sets(st.integers(1, 7), min_size=1),
    st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True),
)
ceilings = st.builds(Ceiling, count=st.integers(0, 2), period=st.sampled_from(PERIODS))
conditions = st.builds(
    Conditions,
    hours=st.none() | hours,
    ceilings=st.lists(ceilings, max_size=1).map(tuple),
    user_groups=st.lists(codes, max_size=1).map(tuple),
)
versions = st.builds(
    Terms,
    authorisation=st.sampled_from(("ONE", "TWO")),
    number=st.integers(1, 3),
    provider=mostly_a,
    recipients=some,
    services=some | st.frozensets(st.sampled_from(("A", "B", "A/1")), min_size=1),
    categories=some,
    purposes=some,
    legal_bases=some,
    routes=some,
    environments=some,
    valid_from=moments,
    valid_until=st.none() | st.none() | moments,
    conditions=st.just(Conditions()) | conditions,
)


# Of no length, of some hours, or not lifted.
suspensions = st.tuples(moments, st.none() | st.integers(0, 24)).map(
    lambda told: (told[0], None if told[1] is None else told[0] + told[1] * HOUR)
)


def _consistent(
    terms: list[Terms], withdrawn: dict[str, int | None], suspended: dict[str, list[Stretch]]
) -> list[Terms]:
    return [
        replace(
            version,
            withdrawn_from=withdrawn[version.authorisation],
            suspended=tuple(suspended[version.authorisation]),
        )
        for version in terms
    ]


registers = st.builds(
    _consistent,
    st.lists(versions, min_size=2, max_size=6, unique_by=lambda version: (version.authorisation, version.number)),
    st.fixed_dictionaries({name: st.none() | st.none() | moments for name in ("ONE", "TWO")}),
    st.fixed_dictionaries({name: st.just([]) | st.lists(suspensions, max_size=2) for name in ("ONE", "TWO")}),
)
shapes = st.builds(
    Shape,
    recipient=codes,
    provider=mostly_a,
    service=codes,
    service_version=st.sampled_from(("1", "2")),
    purpose=codes,
    legal_basis=codes,
    categories=st.lists(codes, max_size=2).map(tuple),
    route=codes,
    environment=codes,
)
groups = st.sampled_from((None, "", *CODES))
usages = st.dictionaries(
    st.tuples(st.sampled_from(("ONE", "TWO")), st.sampled_from(PERIODS), moments),
    st.integers(0, 3),
    max_size=4,
).map(
    lambda told: Usage(
        {(code, period, period_start(at=at, period=period)): n for (code, period, at), n in told.items()}
    )
)


def snapshot_of(terms: Iterable[Terms]) -> Snapshot:
    """Return a register that knows the codes of these questions, and has these authorisations."""
    terms, known = tuple(terms), frozenset(CODES)
    return Snapshot(
        revision=7,
        organisations=known,
        routes=known,
        services=frozenset(f"{code}/{version}" for code in CODES for version in "12"),
        purposes=known,
        legal_bases=known,
        categories={code: number for number, code in enumerate(CODES, 1)},
        documents={version.reference: Document("a paper", "") for version in terms},
        terms=terms,
        coverage=Coverage(terms),
        limited=frozenset(),
        limited_between={},
    )


def plainly(terms: Iterable[Terms], shape: Shape, *, at: int, user_group: str | None, usage: Usage) -> Judgement:
    """Give the verdict without remembering anything: look at every version of every instrument."""
    instruments: dict[str, list[Terms]] = defaultdict(list)
    for version in terms:
        instruments[version.authorisation].append(version)
    judged = []
    for all_versions in instruments.values():
        named = [one for one in all_versions if shape.recipient in one.recipients and shape.provider == one.provider]
        if not named:
            continue
        begun = [one for one in named if one.valid_from <= at]
        speaks = max(begun, key=_number) if begun else min(named, key=lambda one: (one.valid_from, -one.number))
        ended = any(one.number > speaks.number and one.valid_from <= at for one in all_versions if one not in named)
        reasons = tuple(_against(speaks, shape, at, user_group, usage, ended=ended and bool(begun)))
        judged.append((speaks, reasons))
    if not judged:
        return Judgement(Verdict.NO_AUTHORISATION, (Reason(Verdict.NO_AUTHORISATION),))
    speaks, reasons = min(
        judged, key=lambda one: (len(one[1]), _lightness(one[1]), -one[0].valid_from, one[0].reference)
    )
    return Judgement(reasons[0].verdict if reasons else Verdict.COVERED, reasons, speaks.reference)


def _number(version: Terms) -> int:
    return version.number


def _lightness(reasons: tuple[Reason, ...]) -> int:
    return -ORDER.index(reasons[0].verdict) if reasons else 0


def _against(
    version: Terms, shape: Shape, at: int, user_group: str | None, usage: Usage, *, ended: bool
) -> Iterator[Reason]:
    yield from _not_standing(version, at, ended=ended)
    if shape.environment not in version.environments:
        yield Reason(Verdict.ENVIRONMENT_OUTSIDE, (shape.environment,))
    exact = f"{shape.service}/{shape.service_version}"
    if not {shape.service, exact} & version.services:
        yield Reason(Verdict.SERVICE_OUTSIDE, (exact,))
    if not set(shape.categories) <= version.categories:
        missing = [code for code in shape.categories if code not in version.categories]
        yield Reason(Verdict.CATEGORY_OUTSIDE, tuple(sorted(set(missing), key=missing.index)))
    if shape.purpose not in version.purposes:
        yield Reason(Verdict.PURPOSE_OUTSIDE, (shape.purpose,))
    if shape.legal_basis not in version.legal_bases:
        yield Reason(Verdict.LEGAL_BASIS_NOT_NAMED, (shape.legal_basis,))
    if shape.route not in version.routes:
        yield Reason(Verdict.ROUTE_OUTSIDE, (shape.route,))
    yield from _conditions(version, from_microseconds(at).astimezone(BRUSSELS), at, user_group, usage)


def _not_standing(version: Terms, at: int, *, ended: bool) -> Iterator[Reason]:
    if version.withdrawn_from is not None and version.withdrawn_from <= at:
        yield Reason(Verdict.WITHDRAWN)
    elif at < version.valid_from:
        yield Reason(Verdict.NOT_YET_VALID)
    elif ended or (version.valid_until is not None and version.valid_until <= at):
        yield Reason(Verdict.EXPIRED)
    elif _begun_and_not_ended(version.suspended, at):
        yield Reason(Verdict.SUSPENDED)


def _begun_and_not_ended(stretches: Iterable[Stretch], at: int) -> bool:
    """Count the suspensions that began, and those that ended: more began than ended while one holds."""
    began = sum(1 for start, _end in stretches if start <= at)
    return began > sum(1 for _start, end in stretches if end is not None and end <= at)


def _conditions(version: Terms, local: datetime, at: int, user_group: str | None, usage: Usage) -> Iterator[Reason]:
    conditions = version.conditions
    if conditions.hours is not None and not _within(conditions.hours, local):
        yield Reason(Verdict.CONDITION_BROKEN, ("hours",))
    if conditions.user_groups and user_group is not None and user_group not in conditions.user_groups:
        yield Reason(Verdict.CONDITION_BROKEN, ("user-group", user_group) if user_group else ("user-group",))
    for ceiling in conditions.ceilings:
        used = usage.count(version.authorisation, ceiling.period, period_start(at=at, period=ceiling.period))
        if used >= ceiling.count:
            yield Reason(Verdict.CONDITION_BROKEN, ("ceiling", str(ceiling.count), ceiling.period))


def _within(hours: Hours, local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    start, end = (60 * int(clock[:2]) + int(clock[3:]) for clock in (hours.start, hours.end))
    today, yesterday = local.isoweekday(), (local.isoweekday() + 5) % 7 + 1
    spans = [(today, start, end)] if start < end else [(today, start, 1440), (yesterday, 0, end)]
    return any(day in hours.weekdays and begins <= minute < ends for day, begins, ends in spans)
