"""What is wrong with a log: what somebody has to look at before the proof can be relied on."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.reporting.ledger_proof.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.ledger_proof.standing import LedgerStanding
    from compliance.reporting.ledger_proof.timestamps import Stamp

# Sealing and publishing happen every second: a minute without them is not chance.
LATE = timedelta(minutes=1)


class Alarm(StrEnum):
    """One thing that is wrong."""

    SEALING_STOPPED = "sealing-stopped"  # for longer than a receipt promises
    SEALING_BEHIND = "sealing-behind"
    SIGNING_BEHIND = "signing-behind"
    WITNESSES_BEHIND = "witnesses-behind"


def alarms_of(standing: LedgerStanding) -> tuple[Alarm, ...]:
    """Return what is wrong, the worst first. What was never configured is no alarm: the standing says it."""
    return tuple(_alarms(standing))


def _alarms(standing: LedgerStanding) -> Iterator[Alarm]:
    if standing.sealed_through is not None:
        behind = standing.at - standing.sealed_through
        if behind > timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS):
            yield Alarm.SEALING_STOPPED
        elif behind > LATE:
            yield Alarm.SEALING_BEHIND
    if standing.waits_since is None or standing.at - standing.waits_since <= LATE:
        return
    if standing.signed_size > standing.confirmed_size:
        if standing.standing in {Standing.PROVABLE, Standing.UNCONFIRMED}:
            yield Alarm.WITNESSES_BEHIND
    elif settings.SIGNER_URL is not None:
        yield Alarm.SIGNING_BEHIND


def stamps_are_late(*, standing: LedgerStanding, stamp: Stamp | None) -> bool:
    """Tell whether the authority for timestamps was missed for three rounds, while there was something to stamp."""
    if settings.TIMESTAMP_URL is None or stamp is None or standing.signed_size <= stamp.size:
        return False
    return standing.at - stamp.stamped_at > 3 * timedelta(seconds=settings.TIMESTAMP_SECONDS)
