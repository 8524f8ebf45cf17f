"""Rows in PostgreSQL's binary COPY format, packed by hand because this is where bulk time goes.

Source: PostgreSQL documentation, COPY, "Binary Format". Times are microseconds since 2000-01-01.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.exchanges.seal_openings import SealedOpening

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"
NULL = b"\xff\xff\xff\xff"
_SINCE_2000 = 946_684_800_000_000
_LENGTH = Struct("!i").pack
_INT8 = Struct("!iq").pack
_ENTRY = Struct("!hi16sihiqi").pack
_OPENING = Struct("!hi16sihih").pack
_EXCHANGE = Struct("!hi16sihiqiqiiii").pack

ENTRY_COLUMNS = "id, log, recorded_at, leaf"
OPENING_COLUMNS = 'id, log, "position", lookup, dossier_lookup, sealed'
EXCHANGE_COLUMNS = (
    "id, log, recorded_at, started_at, subject_count, record_count, producer_sequence, corrects, fingerprint, "
    "message_reference, producer, partner, asker, on_behalf_of, source, service, service_version, purpose, "
    "legal_basis, route, direction, trigger, environment, outcome, service_outcome, verdict, authorisation, "
    "confidentiality"
)
_EXCHANGE_FIELDS = EXCHANGE_COLUMNS.count(",") + 1


def varlena(octets: bytes | None) -> bytes:
    """Pack a bytea or text, or NULL."""
    return NULL if octets is None else _LENGTH(len(octets)) + octets


def texts(values: Sequence[str]) -> bytes:
    """Pack text columns that follow each other."""
    return b"".join(varlena(value.encode()) for value in values)


def entry_row(identifier: bytes, log: int, recorded_at: int, leaf: bytes) -> bytes:
    """Pack a row of ``ledger_entry``."""
    return _ENTRY(4, 16, identifier, 2, log, 8, recorded_at - _SINCE_2000, len(leaf)) + leaf


def opening_row(log: int, opening: SealedOpening) -> bytes:
    """Pack a row of ``ledger_opening``."""
    identifier, position, lookup, dossier, sealed = opening
    head = _OPENING(6, 16, identifier, 2, log, 2, position)
    return head + varlena(lookup) + varlena(dossier) + varlena(sealed)


def exchange_row(
    *,
    identifier: bytes,
    log: int,
    recorded_at: int,
    started_at: int,
    subjects: int,
    records: int,
    sequence: int | None,
    corrects: bytes | None,
    fingerprint: bytes,
    reference: str,
    repeated: bytes,
) -> bytes:
    """Pack a row of ``exchanges_exchange``; ``repeated`` are the text columns that neighbours share, packed."""
    head = _EXCHANGE(
        _EXCHANGE_FIELDS,
        16,
        identifier,
        2,
        log,
        8,
        recorded_at - _SINCE_2000,
        8,
        started_at - _SINCE_2000,
        4,
        subjects,
        4,
        records,
    )
    number = NULL if sequence is None else _INT8(8, sequence)
    original = NULL if corrects is None else varlena(corrects)
    return head + number + original + varlena(fingerprint) + varlena(reference.encode()) + repeated
