"""Entries as the follower sees them: the columns that are counted, without leaf and opening."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from compliance.kernel.clock import microseconds
from compliance.statistics.models import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

MORNING = datetime(2016, 3, 1, 9, 14, tzinfo=UTC)
_numbers = itertools.count(1)
_COLUMNS: dict[str, Any] = {
    "recorded_at": MORNING,
    "started_at": MORNING,
    "subject_count": 1,
    "record_count": 1,
    "log": 1,
    "producer": "KBI",
    "partner": "VDAB",
    "asker": "VDAB",
    "on_behalf_of": "",
    "source": "KBI",
    "service": "KBI-TRAJECT",
    "service_version": "1.0",
    "purpose": "BEMIDDELING",
    "legal_basis": "VDAB-DECREET",
    "route": "MAGDA",
    "direction": "provided",
    "trigger": "automatic",
    "environment": "production",
    "outcome": "succeeded",
    "service_outcome": "",
    "verdict": "covered",
    "authorisation": "VDAB/PROTOCOL/2",
    "confidentiality": "normal",
    "fingerprint": b"",
    "corrects": None,
}


class Database(Protocol):
    """A cursor of Django's or a connection of psycopg's."""

    def execute(self, query: Any, params: Any, /) -> object:
        """Run a statement."""


def add(database: Database, **changes: Any) -> UUID:
    """Insert one entry, in the transaction that is open there, and return its id; its month has been made."""
    row = {**_COLUMNS, **changes}
    number = next(_numbers)
    identifier = UUID(int=(microseconds(row["started_at"]) // 1000) << 80 | 0x7 << 76 | 0x2 << 62 | number)
    row |= {"id": identifier, "message_reference": f"M-{number}"}
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    statement = f"INSERT INTO exchanges_exchange ({names}) VALUES ({marks})"  # noqa: S608 every word is our own
    database.execute(statement, list(row.values()))
    return identifier


def dimensions(**changes: str) -> dict[str, str]:
    """Return the dimensions of an entry that :func:`add` made with these changes."""
    return {name: changes.get(name, _COLUMNS[name]) for name in DIMENSIONS}


def add_told(
    database: Database,
    *,
    requested: Sequence[str] = (),
    delivered: Sequence[str] = (),
    reasons: Sequence[dict[str, Any]] = (),
    **changes: Any,
) -> UUID:
    """Insert one exchange and its entry, of which the bytes tell categories and reasons."""
    identifier = add(database, **changes)
    leaf = {
        "categories_delivered": delivered,
        "categories_requested": requested,
        "verdict": {"code": changes.get("verdict", "covered"), "reasons": reasons, "register_revision": 1},
    }
    octets = json.dumps({"asker": {}, **{name: told for name, told in leaf.items() if told}}, separators=(",", ":"))
    if not reasons:
        octets = octets.replace('"reasons":[],', "")
    database.execute(
        "INSERT INTO ledger_entry (recorded_at, id, log, leaf) VALUES (%s, %s, 1, %s)",
        [MORNING, identifier, octets.encode()],
    )
    return identifier
