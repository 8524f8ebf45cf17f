"""All that a page tells of a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.reporting.ledger_proof.growth import DayGrowth, growth_of
from compliance.reporting.ledger_proof.standing import LedgerStanding, ledger_standing
from compliance.reporting.ledger_proof.timestamps import Stamp, last_stamp
from compliance.reporting.ledger_proof.witnesses import WitnessStatus, witnesses_of
from compliance.reporting.verification.latest import Verification, latest_full_verification, latest_verification
from compliance.reporting.verification.models import VerificationRun

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = 28


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """A log's standing, witnesses, newest timestamp, growth in the last four weeks, and how it was verified.

    ``latest`` and ``full`` are verifications that ended (or found a failure), ``running`` is one at work.
    """

    standing: LedgerStanding
    witnesses: Sequence[WitnessStatus]
    stamp: Stamp | None
    growth: Sequence[DayGrowth]
    latest: Verification | None
    full: Verification | None
    running: VerificationRun | None


def ledger_status(*, log: int) -> LedgerStatus:
    """Look at a log, closely. Six queries more than its standing."""
    standing = ledger_standing(log=log)
    return LedgerStatus(
        standing=standing,
        witnesses=witnesses_of(log=log, names=standing.policy.witnesses if standing.policy else ()),
        stamp=last_stamp(log=log),
        growth=growth_of(log=log, until=standing.at, days=DAYS),
        latest=latest_verification(log=log),
        full=latest_full_verification(log=log),
        running=VerificationRun.objects.filter(log=log, ended_at=None).order_by("-moved_at").first(),
    )
