"""Bring a restored database back to what others have seen of its logs, before anybody may record again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.kernel.clock import now
from compliance.kernel.errors import ComplianceError
from compliance.ledger.logs import LogNumber
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.seal import Sealer
from compliance.ledger.stored_tiles import sealed_size
from compliance.ledger.turn import turn
from compliance.retention.event import append_event
from compliance.retention.halt import halt, read_halt, resume
from compliance.retention.restore.lost_leaves import CannotRestoreError, gap_of, waiting_ids
from compliance.retention.restore.order import OrderLostError, runs_of
from compliance.retention.restore.outside import TILE_STORE, differences, outside
from compliance.retention.restore.put_back import RESTORER, PutBack, put_back
from compliance.retention.restore.replay import write_restoration
from compliance.retention.schemas import RESTORATION

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.retention.restore.lost_leaves import Gap

HALTED = "The database was restored, and holds less than was signed: run manage.py after_restore."
DONE = "All that was seen outside is here again."
DECISION = "manage.py after_restore"


@dataclass
class Restored:
    """What was done for one log: entries put back as leaves [first, until), and openings that were erased again."""

    log: LogNumber
    first: int
    until: int
    done: PutBack


@dataclass
class Outcome:
    """What was put back, what is still missing (in sentences), and who could not be asked."""

    restored: list[Restored] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the service may open."""
        return not self.missing


def after_restore(*, progress: Callable[[int], object] | None = None) -> Outcome:
    """Compare with what others have seen, put back what the tile store has, erase again what was erased since.

    Intake is halted from the moment that something is found missing, until a run finds nothing missing. Safe to
    stop and to repeat. Nobody seals meanwhile: it takes the sealers' turns.
    """
    outcome = Outcome()
    for log in LogNumber:
        with turn(log) as is_mine:
            if is_mine:
                _bring_back(log, outcome, progress)
            else:
                outcome.missing.append(f"Log {log.name.lower()}: a sealer is at work. Stop it first.")
    is_halted = read_halt() is not None
    if outcome.missing and not is_halted:
        halt(reason=HALTED)
    elif is_halted and not outcome.missing:
        resume(reason=DONE)
    return outcome


def _bring_back(log: LogNumber, outcome: Outcome, progress: Callable[[int], object] | None) -> None:
    seen = outside(log)
    outcome.silent += [silent for silent in seen.silent if silent not in outcome.silent]
    if differences(log, seen) and read_halt() is None:
        halt(reason=HALTED)
    sealed = sealed_size(log)
    if any(head.size > sealed for head in seen.heads.values()):
        try:
            gap = gap_of(log, seen.heads, copies=seen.heads.get(TILE_STORE))
            outcome.restored.append(_fill(log, gap, progress))
        except (ComplianceError, OrderLostError) as error:
            outcome.missing.append(f"Log {log.name.lower()}: {error}")
    outcome.missing += differences(log, seen)
    # The signer's memory is what a stolen key cannot rewrite: without it nothing is known.
    outcome.missing += [silent for silent in seen.silent if silent.startswith(("The signer", "The tile store"))]


def _fill(log: LogNumber, gap: Gap, progress: Callable[[int], object] | None) -> Restored:
    runs = runs_of(gap.places, after=(gap.sealed_to[0], gap.sealed_to[1].bytes))
    done = put_back(gap, runs, log=log, progress=progress)
    if waiting_ids(log, gap.sealed_to) != [lost.id for lost in gap.leaves]:
        message = "The entries that were put back do not stand in the order that they had. Nothing was sealed."
        raise CannotRestoreError(message)
    until = gap.first + gap.copied
    if log is LogNumber.EXCHANGES and done.exchanges:
        _tell(log, gap.first, until, done)
    Sealer(log).seal_all()
    return Restored(log, gap.first, until, done)


def _tell(log: LogNumber, first: int, until: int, done: PutBack) -> None:
    """Append that these leaves came back without openings, so that nobody takes them for vanished."""
    at = now()
    ensure_months([month_of(at)])
    with transaction.atomic(durable=True):
        members = {"entries": done.entries, "exchanges": done.exchanges, "first": first, "until": until}
        entry, _ = append_event(log=log, schema=RESTORATION, actor=RESTORER, decision=DECISION, at=at, members=members)
        write_restoration(entry, log=log, first=first, until=until, at=at)
