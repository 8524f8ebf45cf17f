"""The verdict: pure, the same for recording, for "may I?" and for judging history again.

Exchanges repeat: the same partner asks the same service for the same purpose millions of times. So
the reasons that do not depend on the moment are worked out once per :class:`Shape`, the time axis
is cut at every moment at which an authorisation or its suspension begins or ends, and a verdict is then a look-up
and a bisection. Conditions (hours, ceilings, user groups) are asked only of versions that set them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from compliance.authorisations.judgement import Judgement, Reason, Shape
from compliance.authorisations.terms import Conditions, Terms, period_start
from compliance.authorisations.vocabulary import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.usage import Usage

_WEIGHT = {verdict: position for position, verdict in enumerate(Verdict)}
_UNKNOWN = Judgement(Verdict.NO_AUTHORISATION, (Reason(Verdict.NO_AUTHORISATION),))
_NO_CONDITIONS = Conditions()
_BEFORE_ALL = -(2**62)
_SHAPES_KEPT = 100_000

Candidates = list[tuple[Terms, tuple[Reason, ...]]]


class Coverage:
    """All authorisations at one revision of the register, made ready to judge."""

    def __init__(self, terms: Iterable[Terms]) -> None:
        """Sort the versions by parties."""
        instruments: dict[str, list[Terms]] = {}
        for version in terms:
            instruments.setdefault(version.authorisation, []).append(version)
        self._by_parties: dict[tuple[str, str], list[Terms]] = {}
        for versions in instruments.values():
            for parties, named in _named(versions).items():
                self._by_parties.setdefault(parties, []).extend(named)
        self._timelines: dict[Shape, _Timeline] = {}

    def judge(self, shape: Shape, *, at: int, user_group: str | None = None, usage: Usage | None = None) -> Judgement:
        """Give the verdict on an exchange of this shape at a moment (microseconds since 1970).

        ``user_group`` is that of who asked by hand, ``""`` when it was not told, ``None`` for an
        automatic exchange. Without ``usage`` ceilings count as not reached.
        """
        timeline = self._timelines.get(shape)
        if timeline is None:
            if len(self._timelines) >= _SHAPES_KEPT:
                self._timelines.clear()
            timeline = self._timelines[shape] = _Timeline(
                shape, self._by_parties.get((shape.recipient, shape.provider), [])
            )
        return timeline.at(at, user_group, usage)


def _named(versions: list[Terms]) -> dict[tuple[str, str], list[Terms]]:
    """Sort the versions of one instrument by the parties they name.

    A version also ends where a newer one begins that names these parties no more.
    """
    by_parties: dict[tuple[str, str], list[Terms]] = {}
    for version in versions:
        for recipient in version.recipients:
            by_parties.setdefault((recipient, version.provider), []).append(version)
    for parties, named in by_parties.items():
        silent = [version for version in versions if version not in named]
        if silent:
            by_parties[parties] = [_ending(version, silent) for version in named]
    return by_parties


def _ending(version: Terms, silent: list[Terms]) -> Terms:
    ends = [other.valid_from for other in silent if other.number > version.number]
    if version.valid_until is not None:
        ends.append(version.valid_until)
    return replace(version, valid_until=min(ends, default=None))


class _Timeline:
    """The verdicts on one shape along time."""

    __slots__ = ("_candidates", "_cuts", "_segments")

    def __init__(self, shape: Shape, versions: list[Terms]) -> None:
        """Cut time where any version or suspension begins or ends, and judge each piece that no condition touches."""
        candidates = [(version, tuple(_outside(version, shape))) for version in versions]
        ends = (
            (version.valid_from, version.valid_until, version.withdrawn_from, *chain.from_iterable(version.suspended))
            for version in versions
        )
        self._cuts = sorted({end for end in chain.from_iterable(ends) if end is not None})
        self._candidates: list[Candidates] = []
        self._segments: list[Judgement | None] = []
        for moment in chain([_BEFORE_ALL], self._cuts):
            standing = _standing(candidates, moment)
            self._candidates.append(standing)
            self._segments.append(None if _conditional(standing) else _best(standing, moment, None, None))

    def at(self, moment: int, user_group: str | None, usage: Usage | None) -> Judgement:
        """Give the verdict at a moment."""
        position = bisect_right(self._cuts, moment)
        return self._segments[position] or _best(self._candidates[position], moment, user_group, usage)


def _standing(candidates: Candidates, moment: int) -> Candidates:
    """Keep what speaks at a moment, with what stands in its way at any time of the day.

    Of each instrument that is the newest version that began, or else the one that begins first.
    """
    chosen: dict[str, tuple[Terms, tuple[Reason, ...]]] = {}
    for candidate in candidates:
        version = candidate[0]
        other = chosen.get(version.authorisation)
        if other is None or _rank(version, moment) > _rank(other[0], moment):
            chosen[version.authorisation] = candidate
    return [(version, (*_when(version, moment), *outside)) for version, outside in chosen.values()]


def _rank(version: Terms, moment: int) -> tuple[bool, int, int]:
    begun = version.valid_from <= moment
    return begun, 0 if begun else -version.valid_from, version.number


def _conditional(standing: Candidates) -> bool:
    """Tell whether conditions, which depend on more than the piece of time, have a say in the verdict.

    They have none in a version with other reasons against it when another covers without conditions.
    """
    conditions = [(reasons, version.conditions != _NO_CONDITIONS) for version, reasons in standing]
    covered = any(not reasons and not conditional for reasons, conditional in conditions)
    return any(conditional and not (covered and reasons) for reasons, conditional in conditions)


def _best(standing: Candidates, moment: int, user_group: str | None, usage: Usage | None) -> Judgement:
    """Judge by the instrument with the fewest and lightest reasons against it; of equals, the one that began last."""
    if not standing:
        return _UNKNOWN
    judged = []
    for version, fixed in standing:
        reasons = fixed
        if version.conditions != _NO_CONDITIONS:
            reasons = (*fixed, *_broken(version, moment, user_group, usage))
        lightest = -_WEIGHT[reasons[0].verdict] if reasons else 0
        judged.append((len(reasons), lightest, -version.valid_from, version.reference, reasons))
    *_, reference, reasons = min(judged)
    return Judgement(reasons[0].verdict if reasons else Verdict.COVERED, reasons, reference)


def _when(version: Terms, moment: int) -> tuple[Reason, ...]:
    if version.withdrawn_from is not None and moment >= version.withdrawn_from:
        return (Reason(Verdict.WITHDRAWN),)
    if moment < version.valid_from:
        return (Reason(Verdict.NOT_YET_VALID),)
    if version.valid_until is not None and moment >= version.valid_until:
        return (Reason(Verdict.EXPIRED),)
    if version.is_suspended(moment):
        return (Reason(Verdict.SUSPENDED),)
    return ()


def _outside(version: Terms, shape: Shape) -> Iterable[Reason]:
    if shape.environment not in version.environments:
        yield Reason(Verdict.ENVIRONMENT_OUTSIDE, (shape.environment,))
    if shape.service not in version.services and f"{shape.service}/{shape.service_version}" not in version.services:
        yield Reason(Verdict.SERVICE_OUTSIDE, (f"{shape.service}/{shape.service_version}",))
    categories = tuple(dict.fromkeys(code for code in shape.categories if code not in version.categories))
    if categories:
        yield Reason(Verdict.CATEGORY_OUTSIDE, categories)
    if shape.purpose not in version.purposes:
        yield Reason(Verdict.PURPOSE_OUTSIDE, (shape.purpose,))
    if shape.legal_basis not in version.legal_bases:
        yield Reason(Verdict.LEGAL_BASIS_NOT_NAMED, (shape.legal_basis,))
    if shape.route not in version.routes:
        yield Reason(Verdict.ROUTE_OUTSIDE, (shape.route,))


def _broken(version: Terms, moment: int, user_group: str | None, usage: Usage | None) -> Iterable[Reason]:
    conditions = version.conditions
    if conditions.hours and not conditions.hours.admit(moment):
        yield Reason(Verdict.CONDITION_BROKEN, ("hours",))
    if conditions.user_groups and user_group is not None and user_group not in conditions.user_groups:
        yield Reason(Verdict.CONDITION_BROKEN, ("user-group", user_group) if user_group else ("user-group",))
    if usage is None:
        return
    for ceiling in conditions.ceilings:
        start = period_start(at=moment, period=ceiling.period)
        if usage.count(version.authorisation, ceiling.period, start) >= ceiling.count:
            yield Reason(Verdict.CONDITION_BROKEN, ("ceiling", str(ceiling.count), ceiling.period))
