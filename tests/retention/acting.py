"""Records about persons, and what is known about them afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from compliance.exchanges import leaf as entry
from compliance.exchanges.record import record
from compliance.exchanges.seal_openings import opening_name
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.disclosures import commitment
from compliance.kernel.encryption import unseal
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry, Opening
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.person_keys import read_keys
from compliance.retention.event import append_event
from compliance.retention.vocabulary import Ground
from compliance.simulation.numbers import synthetic_insz
from tests.exchanges.world import GATEWAY, report

if TYPE_CHECKING:
    from uuid import UUID

OFFICER = system("officer")
DECIDED: dict[str, Any] = {"actor": OFFICER, "decision": "AVG-2026-017", "reason": "besluit van de functionaris"}
ASKED: dict[str, Any] = {**DECIDED, "ground": Ground.DATA_SUBJECT_REQUEST}


def recorded(reference: str, *numbers: int, **changes: Any) -> UUID:
    """Record an exchange about these persons."""
    subjects = [{"kind": "insz", "value": synthetic_insz(number)} for number in numbers]
    told = report(message_reference=reference, **{"subjects": subjects, **changes})
    return record(reports=[told], reporter=GATEWAY)[0].id


def opened(exchange_id: UUID) -> set[str]:
    """Return the commitments whose openings are there and open."""
    found: set[str] = set()
    for opening in Opening.objects.filter(log=LogNumber.EXCHANGES, id=exchange_id):
        text = bytes(opening.sealed)
        if opening.lookup is not None:
            cipher = read_keys(log=LogNumber.EXCHANGES, lookups=[bytes(opening.lookup)])[bytes(opening.lookup)]
            text = unseal(cipher, text, bound_to=opening_name(exchange_id.bytes, opening.position))
        found |= {commitment(line) for line in text.split(b"\n")}
    return found


def committed(exchange_id: UUID) -> set[str]:
    """Return all commitments in an exchange's entry."""
    leaf = entry.decode(bytes(Entry.objects.get(log=LogNumber.EXCHANGES, id=exchange_id).leaf))
    return {*leaf.sd, *(subject.digest for subject in leaf.subjects)}  # type: ignore[attr-defined]


def said(schema: str, **members: Any) -> UUID:
    """Append an entry that says this, as somebody would who does not ask the verbs."""
    at = now()
    ensure_months([month_of(at)])
    entry_id, _ = append_event(
        log=LogNumber.EXCHANGES, schema=schema, actor=OFFICER, decision="geen", at=at, members=members
    )
    return entry_id


def told(entry_id: UUID) -> dict[str, Any]:
    """Return what an entry says."""
    found: dict[str, Any] = msgspec.json.decode(bytes(Entry.objects.get(id=entry_id).leaf))
    return found
