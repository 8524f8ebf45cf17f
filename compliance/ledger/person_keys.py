"""A key for each person, made at the first record about them and wrapped by the key-encryption key."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from compliance.kernel.encryption import new_key, nonces, seal, unseal
from compliance.ledger.keyring import keyring

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

_KEPT = 300_000


class PersonKeys(threading.local):
    """Ciphers by pseudonym that this thread has unwrapped.

    They are good for one connection and one revision of the register: a database that was restored
    or replaced cuts all connections, and an erasure moves the revision, so that nothing is ever
    encrypted under a key that the database no longer has.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._revision = -1
        self._connection: object = None
        self._ciphers: dict[bytes, AESGCM] = {}

    def known(self, *, revision: int) -> dict[bytes, AESGCM]:
        """Return the ciphers that are still good. Ask within the transaction that uses them."""
        if revision != self._revision or connection.connection is not self._connection or len(self._ciphers) > _KEPT:
            self._revision, self._connection, self._ciphers = revision, connection.connection, {}
        return self._ciphers

    def keep(self, ciphers: dict[bytes, AESGCM], *, revision: int) -> None:
        """Remember ciphers whose keys are committed."""
        if revision == self._revision:
            self._ciphers.update(ciphers)


def obtain(
    *, log: int, lookups: Collection[bytes], at: datetime, number_ranges: Mapping[bytes, int | None] | None = None
) -> dict[bytes, AESGCM]:
    """Read or make the keys of these persons, in the caller's transaction; new ones with their number range, if any.

    Keys are inserted in one order everywhere, so that two writers who meet new persons wait for each
    other instead of deadlocking.
    """
    if not lookups:
        return {}
    found = read_keys(log=log, lookups=list(lookups))
    missing = sorted(set(lookups) - found.keys())
    if missing:
        made = {lookup: new_key() for lookup in missing}
        wrapping = keyring().wrapping
        wrapped = [
            seal(wrapping, key, nonce=nonce, bound_to=lookup)
            for (lookup, key), nonce in zip(made.items(), nonces(len(made)), strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_person_key (created_at, log, lookup, wrapped, number_range) "
                "SELECT %s, %s, person.lookup, person.wrapped, person.number_range "
                "FROM unnest(%s::bytea[], %s::bytea[], %s::bigint[]) AS person (lookup, wrapped, number_range) "
                "ON CONFLICT DO NOTHING RETURNING lookup",
                [at, log, missing, wrapped, [(number_ranges or {}).get(lookup) for lookup in missing]],
            )
            inserted = {bytes(row[0]) for row in cursor.fetchall()}
        found |= {lookup: AESGCM(made[lookup]) for lookup in inserted}
        others = [lookup for lookup in missing if lookup not in inserted]
        if others:
            found |= read_keys(log=log, lookups=others)
    return found


def read_keys(*, log: int, lookups: list[bytes]) -> dict[bytes, AESGCM]:
    """Return the ciphers of these persons whose keys exist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lookup, wrapped FROM ledger_person_key WHERE log = %s AND lookup = ANY(%s)", [log, lookups]
        )
        rows = [(bytes(lookup), bytes(wrapped)) for lookup, wrapped in cursor.fetchall()]
    wrapping = keyring().wrapping
    return {lookup: AESGCM(unseal(wrapping, wrapped, bound_to=lookup)) for lookup, wrapped in rows}
