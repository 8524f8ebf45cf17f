"""The files of records as they grow: lines, rows, and how many of what they hold."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

import msgspec

from compliance.reporting.evidence.bag_stream import Spool
from compliance.reporting.evidence.disclose import Disclosed, disclose, erasures_of
from compliance.reporting.evidence.verifier.declaration import NO_DISCLOSURES
from compliance.reporting.evidence.verifier.openings import NOTHING_OPENED, open_record
from compliance.reporting.evidence.verifier.record_line import RecordLine, record_line
from compliance.reporting.evidence.verifier.table import HEADS_LINE, table_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.reporting.evidence.request import EvidenceRequest

_NOT_DISCLOSED = Disclosed([], {})
read_leaf_json = msgspec.json.decode


class Records:
    """``records.ndjson`` and ``records.csv``, packed by threads of their own while the next records are read."""

    def __init__(self, request: EvidenceRequest) -> None:
        """Begin both files."""
        self._request = request
        self._files = (Spool(), Spool())
        self._packers = tuple(ThreadPoolExecutor(1) for _ in self._files)
        self._packing: list[Future[None]] = []
        self.count = self.disclosures = 0
        self.erasures: set[UUID] = set()
        self.few: list[bytes] | None = []
        self._write((b"", HEADS_LINE))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for packer in self._packers:
            packer.shutdown()
        for file in self._files:
            file.close()

    def add(self, found: Sequence[tuple[int, bytes, Mapping[str, Any]]], *, keep: int) -> None:
        """Add records (index, leaf, the leaf's JSON) in the order of their index; ``keep`` lines are remembered."""
        if not found:
            return
        told = self._disclosed([leaf for _, _, leaf in found])
        lines, rows = [], []
        for (index, octets, leaf), (disclosures, withheld) in zip(found, told, strict=True):
            lines.append(record_line(RecordLine(index, disclosures, withheld, octets)))
            opened = open_record(leaf, disclosures) if disclosures else NOTHING_OPENED
            rows.append(table_line(index, leaf, opened))
            self.disclosures += len(disclosures)
        self.count += len(found)
        if self.few is not None:
            self.few = self.few + lines if len(self.few) + len(lines) <= keep else None
        self._write((b"".join(lines), b"".join(rows)))

    def finish(self) -> tuple[Spool, Spool]:
        """Return the files, complete."""
        self._wait(0)
        return self._files

    def _disclosed(self, leaves: Sequence[Mapping[str, Any]]) -> Sequence[Disclosed]:
        erasures = erasures_of([UUID(leaf["id"]) for leaf in leaves])
        self.erasures.update(erasure.entry for erasure in erasures)
        if self._request.made == NO_DISCLOSURES:
            return [_NOT_DISCLOSED] * len(leaves)
        return disclose(leaves=leaves, made=self._request.made, recipient=self._request.recipient, erasures=erasures)

    def _write(self, parts: tuple[bytes, bytes]) -> None:
        self._packing += [
            packer.submit(file.write, part)
            for packer, file, part in zip(self._packers, self._files, parts, strict=True)
        ]
        self._wait(4)

    def _wait(self, most: int) -> None:
        """Let no more than so many parts wait to be packed: memory stays flat."""
        while len(self._packing) > most:
            self._packing.pop(0).result()
