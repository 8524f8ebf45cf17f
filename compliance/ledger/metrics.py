"""Figures about the ledger for who watches the service: numbers about logs, none about what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.freshness import unsealed_age
from compliance.ledger.logs import LogNumber
from compliance.ledger.published import latest_published
from compliance.ledger.stored_tiles import sealed_size
from compliance.ledger.tile_store.opened import name_of, store_of
from compliance.ledger.tile_store.read import newest_checkpoint
from compliance.ledger.tile_store.signed import as_signed
from compliance.ledger.tile_store.store import TileStoreUnavailableError
from compliance.ledger.trusted import current_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_AFTER = "SELECT sealed_at FROM ledger_head WHERE log = %s AND size > %s ORDER BY size LIMIT 1"
_COSIGNED = "SELECT max(size) FROM ledger_cosignature WHERE log = %s AND witness = %s"


class Measure(NamedTuple):
    """One number: what it is of, by name and value, and what it says."""

    name: str
    labels: dict[str, str]
    value: float


HELP = {
    "kbi_ledger_size": "Leaves that are sealed.",
    "kbi_ledger_unsealed_seconds": "Age of the oldest entry that has no place in the log yet; 0 when all have one.",
    "kbi_ledger_published_size": "Leaves that the newest published checkpoint tells of.",
    "kbi_ledger_published_age_seconds": "Seconds since the newest published checkpoint was signed.",
    "kbi_ledger_unpublished_seconds": "Age of the oldest head that no published checkpoint tells of; 0 when none.",
    "kbi_ledger_witnessed": "Whether a quorum of witnesses confirmed the newest published checkpoint.",
    "kbi_ledger_witness_behind": "Leaves that a witness has not cosigned of those that are published.",
    "kbi_tile_store_size": "Leaves that the tile store's checkpoint tells of; -1 when the store is away.",
}


def measures() -> Iterator[Measure]:
    """Measure every log. Some queries each; far behind, the oldest unsealed entry takes a second to find."""
    for log in LogNumber:
        labels = {"log": name_of(log)}
        age = unsealed_age(log)
        yield Measure("kbi_ledger_size", labels, sealed_size(log))
        yield Measure("kbi_ledger_unsealed_seconds", labels, 0 if age is None else age.total_seconds())
        yield from _published(log, labels)
        if (store := store_of(log)) is not None:
            try:
                note = newest_checkpoint(log, store=store)
                size = 0 if note is None else as_signed(note).checkpoint.size
            except TileStoreUnavailableError:
                size = -1
            yield Measure("kbi_tile_store_size", labels, size)


def _published(log: int, labels: dict[str, str]) -> Iterator[Measure]:
    published = latest_published(log)
    size = 0 if published is None else published.size
    yield Measure("kbi_ledger_published_size", labels, size)
    if published is not None:
        yield Measure("kbi_ledger_published_age_seconds", labels, (now() - published.signed_at).total_seconds())
        yield Measure("kbi_ledger_witnessed", labels, published.quorum_met)
    waiting = _one(_FIRST_AFTER, log, size)
    yield Measure("kbi_ledger_unpublished_seconds", labels, 0 if waiting is None else (now() - waiting).total_seconds())
    policy = current_policy()
    for witness in () if policy is None else policy.witnesses:
        behind = max(size - (_one(_COSIGNED, log, witness) or 0), 0)
        yield Measure("kbi_ledger_witness_behind", {**labels, "witness": witness}, behind)


def _one(query: str, *told: int | str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        row = cursor.fetchone()
    return None if row is None else row[0]
