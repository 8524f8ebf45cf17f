"""Let go of what is past its term: whole months where nothing stands in the way, and else the openings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.exchanges.vocabulary import RetentionClass
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, UnavailableError
from compliance.retention.copies import forget_copies, forget_what_was_left
from compliance.retention.destroy import Destroyed, destroy
from compliance.retention.erase import erase_expired
from compliance.retention.expired import Obstacle, expired_openings, obstacles
from compliance.retention.terms import Month, months_kept, years_kept

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.kernel.actor import Actor

RETENTION = system("retention")
OPENINGS_A_TIME = 4_000
_REASON = "End of the retention term."


@dataclass
class Outcome:
    """What a run did: months destroyed, openings erased by month, months that stay and why."""

    destroyed: list[Destroyed] = field(default_factory=list)
    erased: dict[Month, int] = field(default_factory=dict)
    kept: dict[Month, list[str]] = field(default_factory=dict)
    without_copies: bool = True


def destroy_expired(*, actor: Actor = RETENTION) -> Outcome:
    """Go through all months whose shortest term is past. A transaction a month, or a batch of openings.

    Safe to repeat, and to stop at any moment. What cannot go now stays, and the next run looks again.
    """
    at = now()
    outcome = Outcome()
    forget_what_was_left()
    shortest = min(years_kept(retention) for retention in RetentionClass)
    for month in months_kept():
        if month.is_past(years=shortest, at=at):
            _let_go(month, outcome, actor=actor, at=at)
    return outcome


def due(*, at: datetime) -> dict[Month, list[Obstacle]]:
    """Return the months whose shortest term is past, and what stands in the way of destroying each."""
    shortest = min(years_kept(retention) for retention in RetentionClass)
    return {month: obstacles(month, at=at) for month in months_kept() if month.is_past(years=shortest, at=at)}


def _let_go(month: Month, outcome: Outcome, *, actor: Actor, at: datetime) -> None:
    if found := obstacles(month, at=at):
        outcome.kept[month] = [str(obstacle) for obstacle in found]
        erased = _erase(month, actor=actor, at=at)
        if erased:
            outcome.erased[month] = erased
        return
    try:
        destroyed = destroy(month, actor=actor, decision=f"retention {month}", reason=_REASON)
    except (ConflictError, UnavailableError) as error:
        outcome.kept[month] = [str(error)]
        return
    outcome.destroyed.append(destroyed)
    for log, tiles in destroyed.tiles.items():
        outcome.without_copies &= forget_copies(log=log, tiles=tiles)


def _erase(month: Month, *, actor: Actor, at: datetime) -> int:
    count = 0
    while targets := expired_openings(month, at=at, most=OPENINGS_A_TIME):
        count += erase_expired(actor=actor, targets=targets, decision=f"retention {month}", reason=_REASON).openings
    return count
