"""Record a chunk of an import file: what is good is written in one transaction, what is not is told by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import Error as DatabaseError

from compliance.authorisations.snapshot import current_snapshot
from compliance.exchanges.check import problems
from compliance.exchanges.imports.decode import decode
from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.exchanges.record import record_each
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError, UnavailableError
from compliance.ledger.freshness import require_sealing
from compliance.ledger.months import ensure_months, month_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from compliance.exchanges.imports.chunk import Chunk
    from compliance.exchanges.recorded import Recorded, Reporter
    from compliance.exchanges.submission import Submission
    from compliance.kernel.errors import ComplianceError

_LATER = "unknown-record"


class Reject(NamedTuple):
    """A record that was not recorded: its line and what is wrong with it."""

    line: int
    errors: tuple[FieldError, ...]


class Outcome(NamedTuple):
    """What became of a chunk. ``waiting`` are places of corrections whose original is not there yet."""

    recorded: int
    already_recorded: int
    rejects: list[Reject]
    waiting: list[int]
    last: UUID | None


class ChunkWriter:
    """Records chunks one after the other for one reporter."""

    def __init__(self, reporter: Reporter) -> None:
        """Begin without knowing anything of the chunks to come."""
        self._reporter = reporter
        self._months: set[date] = set()
        self._look_first = False

    def write(self, chunk: Chunk, *, final: bool = False) -> Outcome:
        """Record what is good, in one durable transaction. Raises :class:`ImportStoppedError`; nothing is kept then.

        ``final`` rejects a correction whose original is not there; otherwise it is told to be waiting.
        """
        try:
            require_sealing()
            return self._write(chunk, final=final)
        except (DatabaseError, UnavailableError) as error:
            said = str(error).strip().partition("\n")[0]
            message = f"The database did not take the records at line {chunk.lines[0]} and after: {said}"
            raise ImportStoppedError(detail=message) from error

    def _write(self, chunk: Chunk, *, final: bool) -> Outcome:
        good: dict[int, Submission] = {}
        wrong: dict[int, tuple[FieldError, ...]] = {}
        snapshot, at = current_snapshot(), now()
        for place, told in enumerate(decode(chunk)):
            if isinstance(told, tuple):
                wrong[place] = told
            elif errors := tuple(problems(told, snapshot=snapshot, reporter=self._reporter, now=at)):
                wrong[place] = errors
            else:
                good[place] = told
        answers = self._record(good, wrong)
        waiting = [] if final else [place for place, errors in wrong.items() if errors[0].code == _LATER]
        new = sum(answer.is_new for answer in answers)
        self._look_first = new < len(answers)
        return Outcome(
            recorded=new,
            already_recorded=len(answers) - new,
            rejects=[Reject(chunk.lines[place], wrong[place]) for place in sorted(wrong.keys() - set(waiting))],
            waiting=sorted(waiting),
            last=answers[-1].id if answers else None,
        )

    def _record(self, good: dict[int, Submission], wrong: dict[int, tuple[FieldError, ...]]) -> Sequence[Recorded]:
        """Record the good ones, and move those that the records already there forbid to the wrong ones."""
        self._ensure_months(good)
        while good:
            try:
                return record_each(
                    reports=list(good.values()), reporter=self._reporter, look_first=self._look_first, checked=True
                )
            except (ConflictError, InvalidInputError) as error:
                forbidden = _by_place(error, list(good))
                if not forbidden:
                    raise
                wrong |= forbidden
                good = {place: report for place, report in good.items() if place not in forbidden}
        return ()

    def _ensure_months(self, good: dict[int, Submission]) -> None:
        missing = {month_of(report.started_at) for report in good.values()} - self._months
        if missing:
            ensure_months(missing)
            self._months |= missing


def _by_place(error: ComplianceError, places: list[int]) -> dict[int, tuple[FieldError, ...]]:
    found: dict[int, tuple[FieldError, ...]] = {}
    for one in error.errors:
        _, position, rest = one.pointer.split("/", 2)
        place = places[int(position)]
        found[place] = (*found.get(place, ()), FieldError(f"/{rest}", one.detail, one.code))
    return found
