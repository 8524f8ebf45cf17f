"""Import exchanges from a file or from standard input, through the writer that all exchanges go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.imports.chunk import Position
from compliance.exchanges.imports.progress import Progress, State
from compliance.exchanges.imports.rejects import Rejects
from compliance.exchanges.imports.run import Advance, Run
from compliance.exchanges.imports.source import STDIN, open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance.exchanges.imports.request import Request


def import_file(request: Request) -> Iterator[Advance]:
    """Record a source chunk by chunk, each in one durable transaction; yield at the start and after each.

    Run again after it was stopped or killed, it goes on after the last chunk that is certain, and what it meets
    twice is recognised: the end is the same. Of a file, progress stays until :func:`forget_progress`, marked
    complete. Raises :class:`ImportStoppedError`.
    """
    if request.name == STDIN:
        return _import(request, None, keep=lambda _state: None)
    return _import_resumable(request)


def forget_progress(request: Request) -> None:
    """Forget how far the import of a file has come: the next one starts at the beginning."""
    if request.name != STDIN:
        request.progress_path.unlink(missing_ok=True)


def _import_resumable(request: Request) -> Iterator[Advance]:
    subject = request.subject()
    with Progress(request.progress_path) as progress:
        yield from _import(request, progress.read(subject), keep=progress.keep, subject=subject)


def _import(
    request: Request, state: State | None, *, keep: Callable[[State], None], subject: str = ""
) -> Iterator[Advance]:
    if state is not None and state.complete:
        yield Advance(state.counts, state.counts.read)
        return
    with (
        open_source(request.name, kind=request.format) as source,
        Rejects(request.rejects_path, keep=state.rejects_size if state else 0) as rejects,
    ):
        if state is not None:
            source.reader.skip_to(state.position)
        begun = state or State(subject=subject, position=Position(0, 1))
        yield from Run(request, source, rejects=rejects, state=begun, keep=keep).all()
