"""Judge history again, by today's authorisations or by hypothetical ones; no row changes."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from compliance.authorisations.covers import Coverage
from compliance.authorisations.judge import Judge
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.terms import period_start
from compliance.authorisations.usage import Usage
from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.leaf import SCHEMA
from compliance.exchanges.rejudgement import Change, ChangedReason, Example, Rejudgement, things_of
from compliance.exchanges.shape import shape_of, user_group_of
from compliance.exchanges.stream_leaves import stream_leaves
from compliance.exchanges.submission import ServiceVersion  # noqa: TC001 - msgspec reads the annotation
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS, microseconds
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.terms import Terms

EXAMPLES = 20
_TOLD_EVERY = 10_000


class _Asker(msgspec.Struct, frozen=True, gc=False):
    organisation: str
    on_behalf_of: str | None = None
    user_group: str | None = None


class _Reason(msgspec.Struct, frozen=True, gc=False):
    code: str
    detail: tuple[str, ...] = ()


class _Verdict(msgspec.Struct, frozen=True, gc=False):
    code: str
    reasons: tuple[_Reason, ...] = ()


class _Judged(msgspec.Struct, frozen=True, gc=False):
    """What of a leaf decides the verdict, and the verdict it was given."""

    asker: _Asker
    source: str
    service: ServiceVersion
    purpose: str
    legal_basis: str
    route: str
    environment: str
    direction: str
    trigger: str
    started_at: datetime
    verdict: _Verdict
    categories_requested: tuple[str, ...] = ()
    categories_delivered: tuple[str, ...] = ()

    @property
    def partner(self) -> str:
        """The party that is not the keeper."""
        return (self.asker.on_behalf_of or self.asker.organisation) if self.direction == "provided" else self.source


class _Told(msgspec.Struct, frozen=True, gc=False):
    """What every leaf says of itself."""

    schema: str


_decode = msgspec.json.Decoder(_Judged).decode
_decode_told = msgspec.json.Decoder(_Told).decode


def rejudge(
    *,
    first: date,
    last: date,
    terms: Iterable[Terms] | None = None,
    partner: str | None = None,
    service: str | None = None,
    examples: int = EXAMPLES,
    most: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Rejudgement:
    """Judge the exchanges of these days (in Brussels, both included) at their own moments, and count what differs.

    Of production alone: what ran in acceptance or test is no exchange in any count. ``terms`` are the authorisations
    to judge by, today's when none are given. What was corrected is judged as its correction says. Ceilings count the
    uses from the start of their period on, in the order in which exchanges happened. ``examples`` is how many are named
    of each pair of verdicts. After ``most`` exchanges it stops, and says where. ``progress`` is told how many entries
    were read since.
    """
    standing = current_snapshot().terms if terms is None else tuple(terms)
    coverage = current_snapshot().coverage if terms is None else Coverage(standing)
    judge = Judge(coverage=coverage, terms=standing, usage=Usage()).judge
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    judged, read = 0, 0
    counts: Counter[tuple[str, str, str, str]] = Counter()
    reasons: Counter[tuple[bool, str, str]] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    found: list[Example] = []
    stopped_at: datetime | None = None
    alone = None if partner is None or _shares_ceiling(standing, partner) else partner
    with closing(stream_leaves(start=_from(standing, start), end=end, partner=alone)) as leaves:
        for read, (identifier, octets) in enumerate(leaves, 1):
            if progress is not None and read % _TOLD_EVERY == 0:
                progress(_TOLD_EVERY)
            leaf = _judged(octets)
            if leaf is None or leaf.environment != Environment.PRODUCTION:
                continue
            if judged == most:
                stopped_at = leaf.started_at
                break
            group = user_group_of(group=leaf.asker.user_group, trigger=leaf.trigger)
            new = judge(shape_of(leaf), at=microseconds(leaf.started_at), user_group=group)
            if leaf.started_at < start or partner not in {None, leaf.partner}:
                continue
            if service not in {None, leaf.service.code}:
                continue
            judged += 1
            old = leaf.verdict.code
            if new.verdict == old:
                continue
            counts[old, new.verdict.value, leaf.partner, leaf.service.code] += 1
            reasons.update(_reasons(leaf.verdict, new))
            if named[old, new.verdict.value] < examples:
                named[old, new.verdict.value] += 1
                found.append(Example(UUID(bytes=identifier), old, new.verdict.value, new.authorisation))
    if progress is not None:
        progress(read % _TOLD_EVERY)
    changes = tuple(Change(*told, exchanges=count) for told, count in sorted(counts.items(), key=_most_first))
    return Rejudgement(
        first=first,
        last=last,
        judged=judged,
        changes=changes,
        examples=tuple(found),
        reasons=tuple(ChangedReason(*told, exchanges=count) for told, count in reasons.most_common()),
        stopped_at=stopped_at,
    )


def _reasons(old: _Verdict, new: Judgement) -> Iterator[tuple[bool, str, str]]:
    """Yield why what was covered would not be, or why what would be covered was not: each reason, of each thing."""
    if old.code == Verdict.COVERED:
        for reason in new.reasons:
            yield from ((False, reason.verdict.value, detail) for detail in things_of(reason.verdict, reason.detail))
    elif new.verdict is Verdict.COVERED:
        for told in old.reasons:
            yield from ((True, told.code, detail) for detail in things_of(told.code, told.detail))


def _judged(octets: memoryview) -> _Judged | None:
    """Read an exchange; an entry that the ledger made about itself, such as an erasure, is none."""
    try:
        return _decode(octets)
    except msgspec.ValidationError:
        if _decode_told(octets).schema == SCHEMA:
            raise
        return None


def _most_first(counted: tuple[tuple[str, str, str, str], int]) -> tuple[int, tuple[str, str, str, str]]:
    return -counted[1], counted[0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)


def _from(terms: Iterable[Terms], start: datetime) -> datetime:
    """Return where to begin reading, so that every ceiling's period is counted from its first day."""
    at = microseconds(start)
    days = [period_start(at=at, period=ceiling.period) for version in terms for ceiling in version.conditions.ceilings]
    return min(map(_midnight, days), default=start)


def _shares_ceiling(terms: Iterable[Terms], partner: str) -> bool:
    """Tell whether the uses of others count for a ceiling of this partner's, so that they must be read too."""
    return any(
        version.conditions.ceilings and partner in parties and parties != {partner}
        for version in terms
        for parties in [(version.recipients | {version.provider}) - {keeper()}]
    )
