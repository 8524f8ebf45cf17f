"""Rows into the tables: entry, openings and columns, in the caller's transaction."""

from __future__ import annotations

from collections import ChainMap
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from compliance.exchanges import binary_copy
from compliance.exchanges.insert_rows import insert_rows
from compliance.exchanges.seal_openings import seal_openings
from compliance.kernel.clock import microseconds
from compliance.ledger.logs import LogNumber
from compliance.ledger.person_keys import PersonKeys, obtain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from compliance.exchanges.prepare import Prepared

FEW = 8
_LOG = LogNumber.EXCHANGES
person_keys = PersonKeys()


def lock_out_erasures() -> None:
    """Keep keys from being shredded until the transaction ends; call it first, before the revision is read."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ONLY ledger_opening IN ROW EXCLUSIVE MODE")


def obtain_keys(persons: Mapping[bytes, int | None], *, received_at: datetime, revision: int) -> dict[bytes, AESGCM]:
    """Return the keys of persons that this thread does not know yet, to keep after commit; each with its number range.

    Once a transaction, for all its records: in two steps, two writers could wait for each other.
    """
    known = person_keys.known(revision=revision)
    return obtain(log=_LOG, lookups=persons.keys() - known.keys(), at=received_at, number_ranges=persons)


def write_rows(
    prepared: Sequence[Prepared], *, received_at: datetime, revision: int, obtained: dict[bytes, AESGCM]
) -> None:
    """Write all rows of these records, with the keys that :func:`obtain_keys` gave for them.

    Raises :class:`RegisterMovedError` when ``revision`` is not the register's any more. More than a few are
    written in a transaction that began with :func:`lock_out_erasures`.
    """
    ciphers = ChainMap(obtained, person_keys.known(revision=revision))
    if len(prepared) <= FEW:
        insert_rows(prepared, log=_LOG, received_at=received_at, revision=revision, ciphers=ciphers)
    else:
        recorded_at = microseconds(received_at)
        openings = (binary_copy.opening_row(_LOG, opening) for opening in seal_openings(prepared, ciphers))
        _copy("ledger_opening", binary_copy.OPENING_COLUMNS, openings)
        _copy("ledger_entry", binary_copy.ENTRY_COLUMNS, _entries(prepared, recorded_at))
        _copy("exchanges_exchange", binary_copy.EXCHANGE_COLUMNS, _exchanges(prepared, recorded_at))
    corrections = [
        (_LOG, UUID(record.keyed.report.corrects), UUID(bytes=record.keyed.id))
        for record in prepared
        if record.keyed.report.corrects is not None
    ]
    if corrections:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO exchanges_correction (log, original, correction) VALUES (%s, %s, %s)", corrections
            )


def _copy(table: str, columns: str, rows: Iterable[bytes]) -> None:
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(b"".join(chain([binary_copy.HEADER], rows, [binary_copy.TRAILER])))


def _entries(prepared: Sequence[Prepared], recorded_at: int) -> Iterator[bytes]:
    for record in prepared:
        yield binary_copy.entry_row(record.keyed.id, _LOG, recorded_at, record.leaf)


def _exchanges(prepared: Sequence[Prepared], recorded_at: int) -> Iterator[bytes]:
    packed: dict[tuple[str, ...], bytes] = {}
    for record in prepared:
        keyed, report = record.keyed, record.keyed.report
        repeated = packed.get(record.repeated)
        if repeated is None:
            repeated = packed[record.repeated] = binary_copy.texts(record.repeated)
        yield binary_copy.exchange_row(
            identifier=keyed.id,
            log=_LOG,
            recorded_at=recorded_at,
            started_at=keyed.at,
            subjects=len(report.subjects),
            records=report.record_count,
            sequence=report.producer_sequence,
            corrects=None if report.corrects is None else UUID(report.corrects).bytes,
            fingerprint=keyed.fingerprint,
            reference=report.message_reference,
            repeated=repeated,
        )
