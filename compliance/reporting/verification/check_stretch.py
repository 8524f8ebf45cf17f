"""All checks of one stretch of a log, in one snapshot of the database."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db import connection, transaction

from compliance.exchanges.verify.acts import ActColumns
from compliance.exchanges.verify.columns import ExchangeColumns
from compliance.exchanges.verify.erasures import check_erasure_entries
from compliance.exchanges.verify.openings import Openings
from compliance.kernel.clock import microseconds
from compliance.ledger.logs import LogNumber
from compliance.ledger.verify.checkpoints import (
    Seen,
    check_checkpoints,
    cosigned,
    read_checkpoints,
    stamped,
    stretch_of_sights,
)
from compliance.ledger.verify.destroyed import read_destroyed
from compliance.ledger.verify.entries import Sealed, sealed_entries
from compliance.ledger.verify.findings import Failure, Findings
from compliance.ledger.verify.heads import check_heads, head_after, read_heads
from compliance.ledger.verify.roots import roots_at
from compliance.ledger.verify.stretch import Key, Stretch, read_stretch
from compliance.ledger.verify.tile_files import check_tile_files
from compliance.ledger.verify.times import check_times

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.destroyed import Destroyed

LEAVES = 64 * 256
"""How many leaves a stretch has: some 40 MB of memory."""

_OPENINGS_A_TIME = 4_096
_BEFORE = "SELECT recorded_at FROM ledger_entry WHERE log = %s AND id = %s"


class Task(NamedTuple):
    """A stretch that is to be checked; ``until`` is the key up to which the log was sealed, for the last one."""

    log: int
    first: int
    end: int
    until: Key | None
    with_openings: bool


class Outcome(NamedTuple):
    """What was found in the leaves up to ``end``."""

    end: int
    failures: list[Failure]
    remarks: list[Failure]


class _Columns(Protocol):
    def check(self, sealed: Sealed) -> int:
        """Compare an entry with its columns."""

    def end(self, strays: AbstractSet[bytes]) -> None:
        """Note what is left."""


def check_stretch(task: Task) -> Outcome:
    """Check a stretch. One transaction that reads only."""
    findings = Findings()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # The planner cannot know that the stretch is narrow against the table: let it go by the indexes.
        cursor.execute("SET LOCAL enable_seqscan = off")
        destroyed = read_destroyed(cursor, log=task.log, findings=Findings())
        stretch = read_stretch(
            cursor, log=task.log, first=task.first, end=task.end, until=task.until, findings=findings
        )
        received = _entries(cursor, stretch, destroyed, findings, with_openings=task.with_openings)
        _heads(cursor, stretch, received, findings)
        check_tile_files(stretch, destroyed=destroyed, findings=findings)
    return Outcome(task.end, list(findings.failures.values()), list(findings.remarks.values()))


def _entries(
    cursor: CursorWrapper, stretch: Stretch, destroyed: Destroyed, findings: Findings, *, with_openings: bool
) -> array[int]:
    """Check all that entries say; return when each leaf was received (microseconds, 0 where that is not known)."""
    received = array("q", bytes(8 * (stretch.end - stretch.first)))
    is_of_exchanges = stretch.log == LogNumber.EXCHANGES
    columns: _Columns = (ExchangeColumns if is_of_exchanges else ActColumns)(cursor, stretch, findings)
    strays: set[bytes] = set()
    kept: list[Sealed] = []
    for sealed in sealed_entries(cursor, stretch, destroyed=destroyed, strays=strays, findings=findings):
        received[sealed.place - stretch.first] = columns.check(sealed)
        if with_openings and is_of_exchanges:
            kept.append(sealed)
    columns.end(strays)
    if kept:
        kept.sort()
        openings = Openings(cursor, findings)
        for start in range(0, len(kept), _OPENINGS_A_TIME):
            openings.check(kept[start : start + _OPENINGS_A_TIME])
        check_erasure_entries(cursor, kept, log=stretch.log, findings=findings)
    return received


def _heads(cursor: CursorWrapper, stretch: Stretch, received: array[int], findings: Findings) -> None:
    """Check what was said of the sizes in a stretch: heads, checkpoints, cosignatures, timestamps, and their times."""
    log, first, end = stretch.log, stretch.first, stretch.end
    heads = read_heads(cursor, log=log, above=first, to=end)
    signed = read_checkpoints(cursor, log=log, above=first, to=end)
    roots = roots_at(
        stretch, {head.size for head in heads} | {checkpoint.size for checkpoint in signed}, findings=findings
    )
    check_heads(heads, signed, roots=roots, findings=findings)
    check_checkpoints(signed, log=log, roots=roots, findings=findings)
    above, to = stretch_of_sights(cursor, log=log, first=first, end=end)
    seen: list[Seen] = [
        *cosigned(cursor, log=log, above=above, to=to, findings=findings),
        *stamped(cursor, log=log, above=above, to=to, findings=findings),
    ]
    following = head_after(cursor, log=log, size=end)
    check_times(
        received,
        first=first,
        before=_received_before(cursor, stretch),
        heads=heads if following is None else [*heads, following],
        seen=seen,
        findings=findings,
    )


def _received_before(cursor: CursorWrapper, stretch: Stretch) -> int | None:
    cursor.execute(_BEFORE, [stretch.log, stretch.after.uuid])
    row = cursor.fetchone()
    return None if row is None else microseconds(row[0])
