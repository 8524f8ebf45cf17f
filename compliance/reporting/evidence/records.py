"""The files of records as they grow: lines, rows, and how many of what they hold."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

import msgspec

from compliance.reporting.evidence.bag_stream import Spool
from compliance.reporting.evidence.disclose import disclose, erasures_of
from compliance.reporting.evidence.verifier.declaration import MOST_PROOFS, NO_DISCLOSURES
from compliance.reporting.evidence.verifier.openings import NOTHING_OPENED, open_record
from compliance.reporting.evidence.verifier.record_line import RecordLine, record_line
from compliance.reporting.evidence.verifier.table import HEADS_LINE, table_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from compliance.reporting.evidence.request import EvidenceRequest

_AT_A_TIME = 2_048
_MOST_WAITING = 4
read_leaf_json = msgspec.json.decode


class Records:
    """``records.ndjson`` and ``records.csv``, packed by threads of their own while the next records are read.

    Without disclosures a record is written at once, so that nothing of it stays for the collector of
    garbage to look at; with them it waits until there are enough to open together.
    """

    def __init__(self, request: EvidenceRequest) -> None:
        """Begin both files."""
        self._request = request
        self._discloses = request.made != NO_DISCLOSURES
        self._files = (Spool(), Spool())
        self._packers = tuple(ThreadPoolExecutor(1) for _ in self._files)
        self._packing: list[Future[None]] = []
        self._waiting: list[tuple[int, bytes, Mapping[str, Any]]] = []
        self._ids: list[str] = []
        self._lines: list[bytes] = []
        self._rows: list[bytes] = [HEADS_LINE]
        self.count = self.disclosures = 0
        self.erasures: set[UUID] = set()
        self.few: list[bytes] | None = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for packer in self._packers:
            packer.shutdown()
        for file in self._files:
            file.close()

    def add(self, index: int, octets: bytes, leaf: Mapping[str, Any]) -> None:
        """Add a record: its leaf's index, bytes and JSON, in the order of the index."""
        self.count += 1
        self._ids.append(leaf["id"])
        if self._discloses:
            self._waiting.append((index, octets, leaf))
        else:
            self._write(RecordLine(index, (), {}, octets), leaf)
        if len(self._ids) >= _AT_A_TIME:
            self._flush()

    def finish(self) -> tuple[Spool, Spool]:
        """Return the files, complete."""
        self._flush()
        self._wait(0)
        return self._files

    def _flush(self) -> None:
        """Open what waits, and hand on what is written."""
        erasures = erasures_of(self._ids)
        self.erasures.update(erasure.entry for erasure in erasures)
        if self._waiting:
            leaves = [leaf for _, _, leaf in self._waiting]
            told = disclose(
                leaves=leaves, made=self._request.made, recipient=self._request.recipient, erasures=erasures
            )
            for (index, octets, leaf), (disclosures, withheld) in zip(self._waiting, told, strict=True):
                self._write(RecordLine(index, disclosures, withheld, octets), leaf)
        if self.few is not None:
            self.few = self.few + self._lines if self.count <= MOST_PROOFS else None
        self._packing += [
            packer.submit(file.write, b"".join(part))
            for packer, file, part in zip(self._packers, self._files, (self._lines, self._rows), strict=True)
        ]
        self._waiting, self._ids, self._lines, self._rows = [], [], [], []
        self._wait(_MOST_WAITING)

    def _write(self, line: RecordLine, leaf: Mapping[str, Any]) -> None:
        opened = open_record(leaf, line.disclosures) if line.disclosures else NOTHING_OPENED
        self._lines.append(record_line(line))
        self._rows.append(table_line(line.leaf_index, leaf, opened))
        self.disclosures += len(line.disclosures)

    def _wait(self, most: int) -> None:
        """Let no more than so many parts wait to be packed: memory stays flat."""
        while len(self._packing) > most:
            self._packing.pop(0).result()
