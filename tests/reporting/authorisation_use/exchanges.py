"""Exchanges and versions drawn at random, and what the counts would say of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from compliance.authorisations.covers import Coverage
from compliance.authorisations.judgement import Judgement, Shape
from compliance.authorisations.terms import Conditions, Hours, Terms
from compliance.authorisations.vocabulary import Verdict
from compliance.kernel.clock import BRUSSELS, from_microseconds, microseconds
from compliance.reporting.authorisation_use.use import Use
from compliance.statistics.vocabulary import UseKind

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINS = microseconds(datetime(2016, 1, 1, tzinfo=UTC))
_CODES = {
    "services": ("DOSSIER", "DOSSIER/1.0", "TEST", "TEST/2.0"),
    "categories": ("A", "B", "C", "D"),
    "purposes": ("MEDIATION", "TRAINING"),
    "legal_bases": ("DECREE", "LAW"),
    "routes": ("MAGDA", "KSZ"),
}
_CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 10, 30]))


class Asked(NamedTuple):
    """An exchange: its shape, what of its categories was asked and given, and its moment."""

    shape: Shape
    requested: tuple[str, ...]
    delivered: tuple[str, ...]
    at: int


def _some(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), min_size=1)


hours = st.builds(
    lambda start, end, days: Hours(weekdays=tuple(sorted(days)), start=start, end=end if end != start else "24:00"),
    _CLOCKS,
    _CLOCKS | st.just("24:00"),
    st.frozensets(st.integers(1, 7), min_size=1),
)
versions = st.builds(
    lambda limits, **lists: Terms(
        authorisation="P",
        number=1,
        provider="KBI",
        recipients=frozenset({"VDAB"}),
        environments=frozenset({"production"}),
        valid_from=BEGINS,
        conditions=Conditions(hours=limits),
        **lists,
    ),
    st.none() | hours,
    **{field: _some(codes) for field, codes in _CODES.items()},
)


@st.composite
def _asked(draw: st.DrawFn) -> Asked:
    code, version = draw(st.sampled_from([("DOSSIER", "1.0"), ("DOSSIER", "2.0"), ("TEST", "2.0"), ("OTHER", "1.0")]))
    categories = st.lists(st.sampled_from(("A", "B", "C", "D", "E")), max_size=3, unique=True).map(tuple)
    requested, delivered = draw(categories), draw(categories)
    shape = Shape(
        "VDAB",
        "KBI",
        code,
        version,
        draw(st.sampled_from(("MEDIATION", "TRAINING", "MARKETING"))),
        draw(st.sampled_from(("DECREE", "LAW"))),
        requested + delivered,
        draw(st.sampled_from(("MAGDA", "KSZ"))),
        "production",
    )
    minutes = draw(st.integers(-60, 120 * 24 * 60))
    return Asked(shape, requested, delivered, BEGINS + minutes * 60_000_000)


asked = st.lists(_asked(), max_size=25)


def judged(terms: Terms, exchange: Asked) -> Judgement:
    """Judge an exchange by one version alone."""
    return Coverage([terms]).judge(exchange.shape, at=exchange.at)


def used(terms: Terms, exchanges: Iterable[Asked]) -> tuple[Use, ...]:
    """Count what exchanges used, as the follower does."""
    counts: Counter[tuple[UseKind, str, str]] = Counter()
    for exchange in exchanges:
        judgement, shape = judged(terms, exchange), exchange.shape
        local = from_microseconds(exchange.at).astimezone(BRUSSELS)
        things = {
            (UseKind.EXCHANGE, ""),
            (UseKind.SERVICE, f"{shape.service}/{shape.service_version}"),
            (UseKind.PURPOSE, shape.purpose),
            (UseKind.LEGAL_BASIS, shape.legal_basis),
            (UseKind.ROUTE, shape.route),
            (UseKind.HOUR, f"{local.isoweekday()}-{local:%H}"),
            *((UseKind.REQUESTED, code) for code in exchange.requested),
            *((UseKind.DELIVERED, code) for code in exchange.delivered),
        }
        for reason in judgement.reasons:
            details = reason.detail[:1] if reason.verdict is Verdict.CONDITION_BROKEN else reason.detail
            things |= {(UseKind.REASON, f"{reason.verdict}/{detail}") for detail in details}
            things |= set() if details else {(UseKind.REASON, reason.verdict.value)}
        counts.update((*thing, judgement.verdict.value) for thing in things)
    month = from_microseconds(BEGINS + timedelta(days=1) // timedelta(microseconds=1)).date()
    return tuple(Use(kind, code, verdict, n, month, month) for (kind, code, verdict), n in counts.items())
