"""Check a stretch of a bundle's records: some tiles of leaves, with the lines and rows that belong to them. Pure.

Stretches are checked in several processes; what one needs and finds is plain and small. This is where
a verifier's time goes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from compliance.ledger.proofs import HASH_BYTES, leaf_hash
from compliance.ledger.tiles import WIDTH, entries_path, tile_path, unbundle
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError
from compliance.reporting.evidence.verifier.bounds import TimeBounds, Witnessed
from compliance.reporting.evidence.verifier.declaration import NO_DISCLOSURES, RANGE_MODE
from compliance.reporting.evidence.verifier.erased_openings import ERASURE_SCHEMA, erased_openings
from compliance.reporting.evidence.verifier.openings import NOTHING_OPENED, DisclosureError, open_record
from compliance.reporting.evidence.verifier.record_line import LineError, RecordLine, read_record_line
from compliance.reporting.evidence.verifier.selection import EXCHANGE_SCHEMA, Filter
from compliance.reporting.evidence.verifier.table import table_line
from compliance.reporting.evidence.verifier.tally import Tally
from compliance.reporting.evidence.verifier.tile_chain import width_of
from compliance.reporting.evidence.verifier.verdict import (
    CSV,
    DISCLOSURES,
    ENTRIES,
    FILTER,
    INCLUSION,
    ORIGIN,
    TILES,
    TIMES,
)
from compliance.reporting.evidence.verifier.withheld import check_withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance.reporting.evidence.verifier.erased_openings import ErasedOpening

_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_read_leaf_json = json.JSONDecoder().decode


@dataclass(frozen=True)
class Subject:
    """What all stretches of a bundle are checked against. ``erased`` is what entries erased, by record."""

    path: str
    origin: str
    size: int
    mode: str
    filter: Filter
    made: str
    witnessed: tuple[Witnessed, ...]
    erased: Mapping[str, Sequence[ErasedOpening]]


@dataclass(frozen=True)
class Stretch:
    """Tiles ``first`` to ``end`` (excluded) of level 0, up to leaf ``last``, and their records' lines and rows."""

    first: int
    end: int
    last: int
    lines: Sequence[bytes]
    rows: Sequence[bytes]


def check_stretch(subject: Subject, stretch: Stretch) -> Tally:
    """Check one stretch."""
    return _Checker(subject, stretch, bag_of(subject.path)).check()


@lru_cache(maxsize=1)
def bag_of(path: str) -> Bag:
    """Return a bag that stays open for the stretches to come: reading a ZIP's directory takes longer than a stretch."""
    return Bag(path)


class _Checker:
    def __init__(self, subject: Subject, stretch: Stretch, bag: Bag) -> None:
        self._subject = subject
        self._stretch = stretch
        self._bag = bag
        self._tally = Tally()
        self._selects = subject.filter.matcher()
        self._bounds = TimeBounds(list(subject.witnessed))
        self._bounded_until = -1
        self._earliest = self._latest = ""

    def check(self) -> Tally:
        records = self._records()
        if self._subject.mode == RANGE_MODE:
            self._check_range(records)
        else:
            self._check_hits(records)
        self._check_rows()
        return self._tally

    def _records(self) -> Iterator[tuple[RecordLine, bytes]]:
        """Yield the records that can be read, each with its row of the table."""
        before = -1
        rows = self._stretch.rows
        for place, written in enumerate(self._stretch.lines):
            try:
                record = read_record_line(written)
            except LineError:
                self._tally.fault(INCLUSION, "record-unreadable", before)
                continue
            if record.leaf_index <= before:
                self._tally.fault(INCLUSION, "record-disorder", record.leaf_index)
                continue
            before = record.leaf_index
            self._tally.records += 1
            yield record, rows[place] if place < len(rows) else b""

    def _check_rows(self) -> None:
        if len(self._stretch.rows) != len(self._stretch.lines):
            self._tally.fault(CSV, "csv-differs", self._stretch.first * WIDTH)

    def _check_range(self, records: Iterator[tuple[RecordLine, bytes]]) -> None:
        """Hold every leaf against its hash, and the records against what the filter selects of them."""
        record, row = next(records, (None, b""))
        for tile in range(self._stretch.first, self._stretch.end):
            for index, leaf in self._leaves_of(tile):
                told = self._check_leaf(index, leaf)
                while record is not None and record.leaf_index < index:
                    self._tally.fault(FILTER, "record-not-selected", record.leaf_index)
                    record, row = next(records, (None, b""))
                stands = record is not None and record.leaf_index == index
                if told is not None and self._is_selected(told, index) != stands:
                    self._tally.fault(FILTER, "record-not-selected" if stands else "record-omitted", index)
                if record is not None and stands:
                    if record.leaf != leaf:
                        self._tally.fault(INCLUSION, "record-other-leaf", index)
                    elif told is not None:
                        self._check_record(record, told, row)
                    record, row = next(records, (None, b""))
        while record is not None:
            self._tally.fault(INCLUSION, "record-outside", record.leaf_index)
            record, row = next(records, (None, b""))

    def _leaves_of(self, tile: int) -> Iterator[tuple[int, bytes]]:
        """Yield index and bytes of a tile's leaves whose hashes are those in the tile."""
        width = min(width_of(self._subject.size, 0, tile), self._stretch.last - tile * WIDTH)
        try:
            leaves = unbundle(self._bag.read(LEDGER + entries_path(tile, width)))
        except (BagError, ValueError):
            self._tally.fault(ENTRIES, "entries-missing", tile * WIDTH)
            return
        hashes = self._hashes_of(tile)
        if not hashes:
            return
        if len(leaves) != width:
            self._tally.fault(ENTRIES, "entries-missing", tile * WIDTH + min(len(leaves), width))
        self._tally.leaves += len(leaves)
        holds = b"".join(map(leaf_hash, leaves)) == hashes
        for place, leaf in enumerate(leaves[:width]):
            if not holds and leaf_hash(leaf) != hashes[place * HASH_BYTES : (place + 1) * HASH_BYTES]:
                self._tally.fault(ENTRIES, "entry-changed", tile * WIDTH + place)
            else:
                yield tile * WIDTH + place, leaf

    def _check_hits(self, records: Iterator[tuple[RecordLine, bytes]]) -> None:
        """Hold every record against its hash in its tile, and against the filter."""
        tile, hashes = -1, b""
        for record, row in records:
            if record.leaf_index // WIDTH != tile:
                tile = record.leaf_index // WIDTH
                hashes = self._hashes_of(tile)
            start = record.leaf_index % WIDTH * HASH_BYTES
            if leaf_hash(record.leaf) != hashes[start : start + HASH_BYTES]:
                self._tally.fault(INCLUSION, "record-other-leaf", record.leaf_index)
                continue
            self._tally.leaves += 1
            told = self._check_leaf(record.leaf_index, record.leaf)
            if told is None:
                continue
            if not self._is_selected(told, record.leaf_index):
                self._tally.fault(FILTER, "record-not-selected", record.leaf_index)
            else:
                self._check_record(record, told, row)

    def _hashes_of(self, tile: int) -> bytes:
        try:
            return self._bag.read(LEDGER + tile_path(0, tile, max(width_of(self._subject.size, 0, tile), 1)))
        except BagError:
            self._tally.fault(TILES, "tile-missing", tile * WIDTH)
            return b""

    def _check_leaf(self, index: int, leaf: bytes) -> dict[str, Any] | None:
        """Check what holds for every leaf; return its JSON."""
        try:
            told = _read_leaf_json(leaf.decode())
            origin = told["origin"]
        except _MALFORMED:
            self._tally.fault(ORIGIN, "leaf-unreadable", index)
            return None
        if origin != self._subject.origin:
            self._tally.fault(ORIGIN, "leaf-of-another-log", index)
        self._check_time(told.get("received_at"), index)
        if told.get("schema") == ERASURE_SCHEMA:
            self._note_erasure(told, index)
        return told  # type: ignore[no-any-return]  # what has a member "origin" is an object

    def _note_erasure(self, told: dict[str, Any], index: int) -> None:
        """Remember what an entry of the range erased: it counts whether the maker lists it or not."""
        try:
            self._tally.erasures += erased_openings(told)
        except _MALFORMED:
            self._tally.fault(ORIGIN, "leaf-unreadable", index)

    def _check_time(self, received_at: object, index: int) -> None:
        if not isinstance(received_at, str):
            return
        if index >= self._bounded_until:
            self._earliest, self._latest = self._bounds.of(index)
            self._bounded_until = self._bounds.next_change(index)
        if received_at > self._latest:
            self._tally.fault(TIMES, "leaf-after-checkpoint", index)
        elif received_at < self._earliest:
            self._tally.fault(TIMES, "leaf-back-dated", index)

    def _is_selected(self, told: dict[str, Any], index: int) -> bool:
        try:
            return self._selects(told)
        except _MALFORMED:
            self._tally.fault(ORIGIN, "leaf-unreadable", index)
            return False

    def _check_record(self, record: RecordLine, told: dict[str, Any], row: bytes) -> None:
        """Check disclosures against commitments, and the row against the line."""
        if told.get("schema") != EXCHANGE_SCHEMA:
            return
        opened = NOTHING_OPENED
        try:
            if record.disclosures or record.withheld or self._subject.made != NO_DISCLOSURES:
                check_withheld(self._tally, record, told, made=self._subject.made, erased=self._erased_of(told))
                opened = open_record(told, record.disclosures)
            written = table_line(record.leaf_index, told, opened)
        except DisclosureError:
            self._tally.fault(DISCLOSURES, "disclosure-of-another", record.leaf_index)
        except _MALFORMED:
            self._tally.fault(ORIGIN, "leaf-unreadable", record.leaf_index)
        else:
            if written != row:
                self._tally.fault(CSV, "csv-differs", record.leaf_index)
        self._tally.disclosures += len(record.disclosures)

    def _erased_of(self, told: dict[str, Any]) -> Sequence[ErasedOpening]:
        return self._subject.erased.get(told["id"], ())
