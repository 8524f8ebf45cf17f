"""How somebody outside checks the ledger without us: the addresses, of each log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.console.presenters.proof_words import log_words
from compliance.ledger.tile_store.opened import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance.reporting.ledger_proof.status import LedgerStatus

LAST_PART = "checkpoint"


@dataclass(frozen=True, slots=True)
class PublicLog:
    """Where a log can be read: its checkpoint (empty when none is signed), and the prefix of its tiles."""

    name: str
    checkpoint: str
    prefix: str


def present_own_checks(*, statuses: Iterable[LedgerStatus], address_of: Callable[[str], str]) -> tuple[PublicLog, ...]:
    """Return the addresses; ``address_of`` makes a path absolute, as another machine needs it."""
    logs = []
    for status in statuses:
        checkpoint = reverse("ledger-checkpoint", args=[name_of(status.standing.log)])
        logs.append(
            PublicLog(
                name=log_words(status.standing.log),
                checkpoint=checkpoint if status.standing.checkpoint else "",
                prefix=address_of(checkpoint.removesuffix(LAST_PART)),
            )
        )
    return tuple(logs)
