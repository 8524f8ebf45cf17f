"""One run over a source: chunks are written, what became of them is kept in their order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from compliance.exchanges.imports.pick import pick
from compliance.exchanges.imports.processes import write_together
from compliance.exchanges.imports.progress import Counts
from compliance.exchanges.imports.write_chunk import ChunkWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.exchanges.imports.chunk import Chunk
    from compliance.exchanges.imports.progress import State
    from compliance.exchanges.imports.rejects import Rejects
    from compliance.exchanges.imports.request import Request
    from compliance.exchanges.imports.source import Source
    from compliance.exchanges.imports.write_chunk import Outcome


@dataclass(frozen=True, slots=True)
class Advance:
    """How far an import has come: counts of the whole source, and how many records are expected in all."""

    counts: Counts
    expected: int | None


class Run:
    """Records a source from a state on."""

    def __init__(
        self, request: Request, source: Source, *, rejects: Rejects, state: State, keep: Callable[[State], None]
    ) -> None:
        """Begin where the state says; ``keep`` is given each new one."""
        self._request = request
        self._source = source
        self._rejects = rejects
        self._keep = keep
        self._state = state
        self._counts = state.counts
        self._handed_out = state.counts.read
        self._writer = ChunkWriter(request.reporter)
        self._waiting: list[Chunk] = []

    def all(self) -> Iterator[Advance]:
        """Record what is left, yielding after each chunk; corrections that came before their originals are last."""
        yield self._advance()
        for chunk, outcome in self._written():
            self._count(outcome, read=len(chunk.lines))
            if outcome.waiting:
                # Everything before is committed by now: in another process it was perhaps not yet.
                self._retry(pick(chunk, outcome.waiting))
            if not self._waiting:
                self._state = msgspec.structs.replace(
                    self._state, position=chunk.end, last=outcome.last or self._state.last
                )
                self._remember()
            yield self._advance()
        yield from self._last()
        self._state = msgspec.structs.replace(self._state, complete=True)
        self._remember()

    def _written(self) -> Iterator[tuple[Chunk, Outcome]]:
        chunks = self._chunks()
        first = list(islice(chunks, 2))
        every = chain(first, chunks)
        if self._request.workers > 1 and len(first) > 1:
            return write_together(every, reporter=self._request.reporter, workers=self._request.workers)
        # Starting processes takes longer than writing one chunk.
        return ((chunk, self._writer.write(chunk)) for chunk in every)

    def _chunks(self) -> Iterator[Chunk]:
        while (chunk := self._source.reader.read(self._request.chunk)) is not None:
            self._handed_out += len(chunk.lines)
            yield chunk

    def _retry(self, chunk: Chunk) -> None:
        outcome = self._writer.write(chunk)
        self._count(outcome)
        if outcome.waiting:
            self._waiting.append(pick(chunk, outcome.waiting))

    def _last(self) -> Iterator[Advance]:
        """Retry what waits for as long as that helps, since corrections form chains; then reject it."""
        before = -1
        while self._waiting and self._counts.recorded != before:
            before, waiting, self._waiting = self._counts.recorded, self._waiting, []
            for chunk in waiting:
                self._retry(chunk)
                yield self._advance()
        for chunk in self._waiting:
            self._count(self._writer.write(chunk, final=True))
        yield self._advance()

    def _count(self, outcome: Outcome, *, read: int = 0) -> None:
        counts = self._counts
        self._rejects.add(outcome.rejects)
        self._counts = Counts(
            read=counts.read + read,
            recorded=counts.recorded + outcome.recorded,
            already_recorded=counts.already_recorded + outcome.already_recorded,
            rejected=counts.rejected + len(outcome.rejects),
        )

    def _remember(self) -> None:
        self._state = msgspec.structs.replace(self._state, counts=self._counts, rejects_size=self._rejects.size)
        self._keep(self._state)

    def _advance(self) -> Advance:
        return Advance(self._counts, self._source.expected(self._handed_out))
