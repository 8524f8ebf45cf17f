"""When entries were received, held against when the log was sealed and seen outside: back-dating shows.

An entry's own time is bounded from above by the first head, cosignature and timestamp that cover it, and from
below by what was seen before without it: one that was received long before, but was not there then, is
back-dated. Entries stand nearly in the order of their receipt, so their neighbours bound them too.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.clock import from_microseconds, microseconds
from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from compliance.ledger.verify.checkpoints import Seen
    from compliance.ledger.verify.heads import Head

CLOCKS_MAY_DIFFER = timedelta(minutes=5)


def check_times(
    received: array[int],
    *,
    first: int,
    before: int | None,
    heads: Sequence[Head],
    seen: Sequence[Seen],
    findings: Findings,
) -> None:
    """Check the receipt (microseconds since 1970) of the leaves from ``first`` on; 0 for one that is not known.

    ``before`` is that of the leaf before. ``heads`` are those of the stretch and the next one after it, the same
    of ``seen``, which begins with the last one before it, if there is one.
    """
    _order(received, first, before, findings)
    _sealed(received, first, heads, findings)
    _seen(received, first, sorted(seen), findings)
    for earlier, later in pairwise(heads):
        if later.sealed_at < earlier.sealed_at:
            sentence = f"The head of {later.size} leaves says that it is older than that of {earlier.size} leaves."
            findings.fail(Check.TIME_BOUNDS, sentence, later.size)
    _heads_seen(heads, sorted(seen), findings)


def _order(received: array[int], first: int, before: int | None, findings: Findings) -> None:
    slack = _micros(timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS) + CLOCKS_MAY_DIFFER)
    latest = list(accumulate(received, max, initial=before or 0))
    late = [place for place, at in enumerate(received) if at and at < latest[place] - slack]
    if late:
        sentence = (
            f"Leaf {first + late[0]} says that it was received at {_told(received[late[0]])}, long before "
            "leaves that stand in front of it."
        )
        findings.fail(Check.TIME_BOUNDS, sentence, first + late[0], count=len(late))


def _sealed(received: array[int], first: int, heads: Sequence[Head], findings: Findings) -> None:
    delay = _micros(timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS))
    start = first
    for head in heads:
        sealed_at = microseconds(head.sealed_at)
        part = received[start - first : head.size - first]
        _not_after(part, start, sealed_at, "was sealed", findings)
        late = [place for place, at in enumerate(part) if at and at < sealed_at - delay]
        if late:
            sentence = (
                f"Leaf {start + late[0]} was received at {_told(part[late[0]])} and sealed at {_told(sealed_at)}, "
                "later than was promised. Was sealing down?"
            )
            findings.remark(Check.LATE_SEALED, sentence, start + late[0], count=len(late))
        start = max(start, head.size)


def _seen(received: array[int], first: int, seen: Sequence[Seen], findings: Findings) -> None:
    """Between two sizes that were seen, leaves are younger than the first sight and older than the second."""
    slack = _micros(timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS) + CLOCKS_MAY_DIFFER)
    start, since = first, None
    for sight in seen:
        if sight.size > first:
            part = received[start - first : sight.size - first]
            _not_after(part, start, microseconds(sight.at), f"was seen by {sight.by}", findings)
            _not_before(part, start, since, slack, findings)
            start = max(start, sight.size)
        if since is None or sight.at > since.at:
            since = sight
    _not_before(received[start - first :], start, since, slack, findings)


def _not_after(part: array[int], start: int, limit: int, what: str, findings: Findings) -> None:
    limit += _micros(CLOCKS_MAY_DIFFER)
    if part and max(part) > limit:
        late = [place for place, at in enumerate(part) if at > limit]
        sentence = f"Leaf {start + late[0]} says that it was received at {_told(part[late[0]])}, after it {what}."
        findings.fail(Check.TIME_BOUNDS, sentence, start + late[0], count=len(late))


def _not_before(part: array[int], start: int, since: Seen | None, slack: int, findings: Findings) -> None:
    if since is None:
        return
    limit = microseconds(since.at) - slack
    early = [place for place, at in enumerate(part) if at and at < limit]
    if early:
        sentence = (
            f"Leaf {start + early[0]} says that it was received at {_told(part[early[0]])}, and was not in the log "
            f"of {since.size} leaves that {since.by.removeprefix('the ')} saw at {_told(microseconds(since.at))}."
        )
        findings.fail(Check.TIME_BOUNDS, sentence, start + early[0], count=len(early))


def _heads_seen(heads: Sequence[Head], seen: Sequence[Seen], findings: Findings) -> None:
    """Check that no head says that it was sealed after somebody saw it."""
    following = iter(seen)
    sight = next(following, None)
    for head in heads:
        while sight is not None and sight.size < head.size:
            sight = next(following, None)
        if sight is not None and head.sealed_at > sight.at + CLOCKS_MAY_DIFFER:
            sentence = f"The head of {head.size} leaves says that it was sealed after it was seen by {sight.by}."
            findings.fail(Check.TIME_BOUNDS, sentence, head.size)


def _micros(delta: timedelta) -> int:
    return delta // timedelta(microseconds=1)


def _told(at: int) -> str:
    return f"{from_microseconds(at):%Y-%m-%d %H:%M:%S} UTC"
