"""Record a stream of reports in chunks, each a durable transaction: for import and replay."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from compliance.exchanges.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.exchanges.recorded import Reporter
    from compliance.exchanges.submission import Submission

CHUNK = 4_000


class ChunkWritten(NamedTuple):
    """One committed chunk: how many reports it held, and how many of them were new."""

    reports: int
    new: int


def write(*, reports: Iterable[Submission], reporter: Reporter, chunk: int = CHUNK) -> Iterator[ChunkWritten]:
    """Record reports chunk by chunk and yield after each commit. Raises what :func:`record` raises."""
    stream = iter(reports)
    while batch := list(islice(stream, chunk)):
        answers = record(reports=batch, reporter=reporter, with_receipts=False)
        yield ChunkWritten(len(answers), sum(answer.is_new for answer in answers))
