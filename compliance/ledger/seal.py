"""Seal: give entries their place in the log's tree, in batches, outside the transactions that wrote them.

One transaction a batch: positions, tiles, edge and head, with compare-and-swap on the edge, so that a
sealer that was thought dead can write nothing over what another wrote. What is hashed is what is stored,
hashed by the server where it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from compliance.kernel.clock import now
from compliance.kernel.errors import ComplianceError
from compliance.ledger.edge import NewLeaves, grow, root_at
from compliance.ledger.logs import origin_of
from compliance.ledger.transaction_ids import HORIZON, TransactionIdsWentBackError, frontier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.edge import Growth

log_event = structlog.get_logger(__name__)

BATCH = 50_000
FIRST_WIDTH = 64
NARROWEST = 2  # the transaction that was sealed last, and the next
WIDEST = 2**40
LAST_ID = UUID(int=2**128 - 1)
MARK_SECONDS = 5.0

_MAKE = (
    "INSERT INTO ledger_edge (log, origin, size, first_xid, last_xid, last_id, sealed_through, ids, hashes) "
    "VALUES (%s, %s, 0, 0, 0, %s, '-infinity', '', '') ON CONFLICT DO NOTHING"
)
_EDGE = (
    "SELECT origin, size, first_xid, last_xid, last_id, ids, hashes, "
    "greatest(sealed_through, '2000-01-01 00:00+00') FROM ledger_edge WHERE log = %s"
)
_HELD_IN_WINDOW = """
         FROM ledger_entry
         WHERE log = %(log)s AND xid >= %(last_xid)s
           AND xid < least(%(last_xid)s + %(width)s, (SELECT horizon FROM span))
           AND (xid, id) > (%(last_xid)s, %(last_id)s)
"""
_HELD = f"""
WITH span AS MATERIALIZED (SELECT {HORIZON} AS horizon)
SELECT count(*) FROM (SELECT 1 {_HELD_IN_WINDOW} LIMIT %(most)s) AS held
"""  # noqa: S608 - put together from constants of ours
_WINDOW = f"""
WITH span AS MATERIALIZED (SELECT {HORIZON} AS horizon),
     leaf AS (
         SELECT xid, id, sha256('\\x00'::bytea || leaf) AS hash {_HELD_IN_WINDOW}
         ORDER BY xid, id LIMIT %(most)s
     )
SELECT (SELECT horizon FROM span), string_agg(int8send(xid), '' ORDER BY xid, id),
       string_agg(uuid_send(id), '' ORDER BY xid, id), string_agg(hash, '' ORDER BY xid, id) FROM leaf
"""  # noqa: S608 - put together from constants of ours
# The planner cannot know that the window is narrow against the table: let it go by the index on xid.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'"
# Hashing is what catching up spends its time on; starting workers is not worth it for a few entries.
_ON_ALL_CORES = (
    "SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0"
)
_MOVE = (
    "UPDATE ledger_edge SET size = %s, first_xid = %s, last_xid = %s, last_id = %s, ids = %s, hashes = %s, "
    "sealed_through = coalesce(%s, sealed_through) WHERE log = %s AND size = %s AND last_xid = %s AND last_id = %s"
)
_HEAD = "INSERT INTO ledger_head (log, size, sealed_at, root) VALUES (%s, %s, %s, %s)"


class SealedByAnotherError(ComplianceError):
    """Another sealer moved the edge: what this one made was not written."""

    problem_type = "sealed-by-another"
    title = "Another sealer is at work on this log; this one wrote nothing."


class OriginChangedError(ComplianceError):
    """The settings name another origin than the log was begun with."""

    problem_type = "origin-changed"
    title = "The log was begun under another origin. Put LOG_ORIGIN back; an origin never changes."


@dataclass(frozen=True, slots=True)
class Key:
    """The place up to which a log is sealed: a transaction, and an identifier within it."""

    xid: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one batch did: leaves sealed, the log's size after it, whether nothing committed was left."""

    leaves: int
    size: int
    caught_up: bool


class Sealer:
    """The sealer of one log, for one connection. Hold the log's turn (:mod:`compliance.ledger.turn`) while using it."""

    def __init__(self, log: int, *, batch: int = BATCH) -> None:
        """Seal about ``batch`` leaves at a time, at most twice as many."""
        self.log = log
        self._batch = batch
        self._width = FIRST_WIDTH
        self._is_behind = False

    def seal(self) -> Sealed:
        """Seal the next batch in one durable transaction.

        Raises :class:`SealedByAnotherError`, :class:`OriginChangedError` and :class:`TransactionIdsWentBackError`.
        """
        at = now()
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            edge = _edge(cursor, self.log)
            start = Key(edge.last_xid, edge.last_id)
            horizon, new = self._read(cursor, start)
            if horizon < start.xid and frontier(cursor) < start.xid:
                raise TransactionIdsWentBackError
            count = len(new.ids) // 16
            end, is_whole = self._end(start, horizon, new, count)
            caught_up = is_whole and end.xid >= horizon - 1
            if not count and end == start and caught_up and (at - edge.sealed_through).total_seconds() < MARK_SECONDS:
                return Sealed(0, edge.size, caught_up=True)
            growth = grow(size=edge.size, first_xid=edge.first_xid, ids=edge.ids, hashes=edge.hashes, new=new)
            # The edge first: whoever lost the race waits for its row here, and has written nothing yet.
            self._move(cursor, edge, growth, end, at if caught_up else None)
            write_growth(cursor, log=self.log, growth=growth)
            if count:
                cursor.execute(_HEAD, [self.log, growth.size, at, root_at(growth.size, growth.hashes)])
        self._adapt(count, span=end.xid - start.xid + 1, caught_up=caught_up)
        if count:
            log_event.info("sealed", log=self.log, leaves=count, size=growth.size)
        return Sealed(count, growth.size, caught_up)

    def seal_all(self) -> Sealed:
        """Seal batches until all that was committed when the last one began is sealed."""
        leaves = 0
        while True:
            sealed = self.seal()
            leaves += sealed.leaves
            if sealed.caught_up:
                return Sealed(leaves, sealed.size, caught_up=True)

    def _read(self, cursor: CursorWrapper, start: Key) -> tuple[int, NewLeaves]:
        cursor.execute(_BY_INDEX)
        asked: dict[str, Any] = {"log": self.log, "last_xid": start.xid, "last_id": start.id, "most": 2 * self._batch}
        if self._is_behind:
            cursor.execute(_ON_ALL_CORES)
        else:
            self._narrow(cursor, asked)
        cursor.execute(_WINDOW, asked | {"width": self._width})
        horizon, *columns = cursor.fetchone()
        return horizon, NewLeaves(*(b"" if column is None else bytes(column) for column in columns))

    def _narrow(self, cursor: CursorWrapper, asked: dict[str, Any]) -> None:
        """Narrow a window of unknown density: to count it is quick, to hash all of it for a part is not."""
        while self._width > NARROWEST:
            cursor.execute(_HELD, asked | {"width": self._width})
            if cursor.fetchone()[0] < 2 * self._batch:
                return
            self._width = max(self._width // 4, NARROWEST)

    def _end(self, start: Key, horizon: int, new: NewLeaves, count: int) -> tuple[Key, bool]:
        """Return the key up to which the log is then sealed, and whether that is the whole window."""
        if count == 2 * self._batch:
            return Key(int.from_bytes(new.xids[-8:]), UUID(bytes=new.ids[-16:])), False
        end = min(start.xid + self._width, horizon) - 1
        return (Key(end, LAST_ID) if end >= start.xid else start), True

    def _adapt(self, count: int, *, span: int, caught_up: bool) -> None:
        """Let the next window hold about a batch, as dense as ``span`` transactions were.

        Who has caught up begins narrow again: what comes after a rest may be dense.
        """
        self._is_behind = count > self._batch // 4
        # Wider where nothing was: each batch is a transaction too, and must not be all that is gained.
        fitting = span * self._batch // count if count else span * 4
        self._width = FIRST_WIDTH if caught_up else max(min(fitting, span * 4, WIDEST), NARROWEST)

    def _move(
        self, cursor: CursorWrapper, edge: _Edge, growth: Growth, end: Key, sealed_through: datetime | None
    ) -> None:
        after = (growth.size, growth.first_xid, end.xid, end.id, growth.ids, growth.hashes, sealed_through)
        cursor.execute(_MOVE, (*after, self.log, edge.size, edge.last_xid, edge.last_id))
        if cursor.rowcount != 1:
            raise SealedByAnotherError


@dataclass(frozen=True, slots=True)
class _Edge:
    origin: str
    size: int
    first_xid: int
    last_xid: int
    last_id: UUID
    ids: bytes
    hashes: bytes
    sealed_through: datetime


def write_growth(cursor: CursorWrapper, *, log: int, growth: Growth) -> None:
    """Append the tiles and positions that got full, in the caller's transaction."""
    _copy(
        cursor, "ledger_tile (log, level, tile, hashes)", "int2 int2 int8 bytea", ((log, *row) for row in growth.tiles)
    )
    _copy(
        cursor,
        "ledger_position (log, tile, first_xid, last_xid, ids)",
        "int2 int8 int8 int8 bytea",
        ((log, *row) for row in growth.positions),
    )


def _copy(cursor: CursorWrapper, into: str, types: str, rows: Iterable[Sequence[object]]) -> None:
    told = list(rows)
    if not told:
        return
    with cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(types.split())
        for row in told:
            copy.write_row(row)


def _edge(cursor: CursorWrapper, log: int) -> _Edge:
    cursor.execute(_EDGE, [log])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(_MAKE, [log, origin_of(log), UUID(int=0)])
        cursor.execute(_EDGE, [log])
        row = cursor.fetchone()
    origin, size, first_xid, last_xid, last_id, ids, hashes, sealed_through = row
    if origin != origin_of(log):
        raise OriginChangedError
    return _Edge(origin, size, first_xid, last_xid, last_id, bytes(ids), bytes(hashes), sealed_through)
