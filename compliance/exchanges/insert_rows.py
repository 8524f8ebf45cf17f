"""A few rows into the tables by one INSERT: a single round trip where three COPYs take nine.

The INSERT is a transaction by itself, and writes nothing once the register has moved since the keys of its
persons were read: an erasure moves it, so no opening is written under a key that was shredded meanwhile.
It takes its lock on the openings before its snapshot, and an erasure holds a lock that conflicts until it
commits: who waited there sees the new revision. Hence the openings come first, as for every writer.

Measured for one record on two cores: 0.5 ms of processor time for INSERT against 0.9 ms for COPY; from
about ten records on COPY is cheaper.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from django.db import IntegrityError, connection
from psycopg.errors import NotNullViolation

from compliance.exchanges import binary_copy
from compliance.exchanges.seal_openings import seal_openings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from compliance.exchanges.prepare import Prepared

_ENTRY_COLUMNS = binary_copy.ENTRY_COLUMNS
_OPENING_COLUMNS = binary_copy.OPENING_COLUMNS
_EXCHANGE_COLUMNS = binary_copy.EXCHANGE_COLUMNS
# The log of the first opening: none once the register has moved, which the table refuses. A condition on the rows
# says it more plainly, and has the server plan three queries where this has it plan one.
_LOG_IF_UNMOVED = "CASE WHEN (SELECT coalesce(max(id), 0) FROM compliance_registerchange) = %s THEN %s END"


class RegisterMovedError(Exception):
    """The register is at another revision than the keys were read at; nothing was written."""


def insert_rows(
    prepared: Sequence[Prepared], *, log: int, received_at: datetime, revision: int, ciphers: Mapping[bytes, AESGCM]
) -> None:
    """Write entries, openings and columns of a few records, in the caller's transaction if there is one.

    Raises :class:`RegisterMovedError` when ``revision`` is not the register's any more.
    """
    entries: list[Any] = []
    openings: list[Any] = []
    exchanges: list[Any] = []
    for record in prepared:
        keyed, report = record.keyed, record.keyed.report
        entries += (UUID(bytes=keyed.id), log, received_at, record.leaf)
        exchanges += (
            UUID(bytes=keyed.id),
            log,
            received_at,
            report.started_at,
            len(report.subjects),
            report.record_count,
            report.producer_sequence,
            None if report.corrects is None else UUID(report.corrects),
            keyed.fingerprint,
            report.message_reference,
            *record.repeated,
        )
    for opening in seal_openings(prepared, ciphers):
        guard = () if openings else (revision,)
        openings += (UUID(bytes=opening.identifier), *guard, log, *opening[1:])
    width = _OPENING_COLUMNS.count(",") + 1
    statement = _statement(len(prepared), len(openings) // width)
    try:
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(statement, [*openings, *entries, *exchanges])
    except IntegrityError as error:
        if isinstance(error.__cause__, NotNullViolation) and error.__cause__.diag.column_name == "log":
            raise RegisterMovedError from error
        raise


@lru_cache(maxsize=256)
def _statement(records: int, openings: int) -> bytes:
    """Write the statement for so many records and openings; every record has an opening, of a person or of absence."""
    guarded = _values(_OPENING_COLUMNS, openings).replace("(%s, %s", f"(%s, {_LOG_IF_UNMOVED}", 1)
    return (
        f"WITH openings AS (INSERT INTO ledger_opening ({_OPENING_COLUMNS}) {guarded}), "
        f"entries AS (INSERT INTO ledger_entry ({_ENTRY_COLUMNS}) {_values(_ENTRY_COLUMNS, records)}) "
        f"INSERT INTO exchanges_exchange ({_EXCHANGE_COLUMNS}) {_values(_EXCHANGE_COLUMNS, records)}"
    ).encode()


def _values(columns: str, rows: int) -> str:
    row = ", ".join(["%s"] * (columns.count(",") + 1))
    return "VALUES " + ", ".join([f"({row})"] * rows)
