"""What of some records' openings the recipient may see, and why the rest is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from compliance.exchanges.seal_openings import opening_name
from compliance.kernel.disclosures import commitment
from compliance.kernel.encryption import CannotOpenError, unseal
from compliance.ledger.holds import held
from compliance.ledger.logs import LogNumber
from compliance.ledger.person_keys import read_keys
from compliance.reporting.evidence.verifier.declaration import ALL_DISCLOSED
from compliance.reporting.evidence.verifier.erased_openings import (
    ErasedOpening,
    is_dossier_erased,
    is_subject_erased,
    is_user_erased,
)
from compliance.reporting.evidence.verifier.openings import (
    CONFIDENTIAL,
    ERASED,
    HELD,
    MISSING,
    OF_RECIPIENT,
    commitments_of,
    encoded_disclosure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LOG = LogNumber.EXCHANGES
_OPENINGS = "SELECT id, position, lookup, sealed FROM ledger_opening WHERE log = %s AND id = ANY(%s)"
_ERASURES = "SELECT id, position, fields, entry FROM ledger_erasure WHERE log = %s AND id = ANY(%s::uuid[])"
_PARTS_OF_NAMED = 3
UNDER_INVESTIGATION = "investigation"


class Disclosed(NamedTuple):
    """What a line of ``records.ndjson`` says of one record's openings."""

    disclosures: list[str]
    withheld: dict[str, str]


class Erasure(NamedTuple):
    """That an entry erased the opening of a record at a position, or some fields of it."""

    record: UUID
    opening: ErasedOpening
    entry: UUID


def erasures_of(ids: Sequence[str]) -> list[Erasure]:
    """Return what was erased of these records."""
    with connection.cursor() as cursor:
        cursor.execute(_ERASURES, [_LOG, f"{{{','.join(ids)}}}"])
        rows = cursor.fetchall()
    return [Erasure(record, ErasedOpening(position, tuple(fields)), entry) for record, position, fields, entry in rows]


def disclose(
    *, leaves: Sequence[Mapping[str, Any]], made: str, recipient: str, erasures: Sequence[Erasure]
) -> list[Disclosed]:
    """Return what may be seen of each record, of which these are the leaves. What cannot be opened is missing."""
    ids = [UUID(leaf["id"]) for leaf in leaves]
    opened = _open(ids)
    kept_back = held(log=_LOG, ids=ids)
    erased: dict[UUID, list[ErasedOpening]] = {}
    for erasure in erasures:
        erased.setdefault(erasure.record, []).append(erasure.opening)
    told = []
    for identifier, leaf in zip(ids, leaves, strict=True):
        if identifier in kept_back:
            told.append(_all_withheld(leaf, HELD))
        elif leaf["confidentiality"] == UNDER_INVESTIGATION:
            told.append(_all_withheld(leaf, CONFIDENTIAL))
        else:
            is_asker = made == ALL_DISCLOSED or recipient in _askers(leaf)
            told.append(_of_one(leaf, opened.get(identifier, []), erased.get(identifier, []), is_asker=is_asker))
    return told


def _askers(leaf: Mapping[str, Any]) -> set[str]:
    """Return whose user and dossier a record names: who asked, and on whose behalf."""
    asker = leaf["asker"]
    return {asker["organisation"], asker.get("on_behalf_of", asker["organisation"])}


def _all_withheld(leaf: Mapping[str, Any], why: str) -> Disclosed:
    return Disclosed([], dict.fromkeys(commitments_of(leaf), why))


def _of_one(
    leaf: Mapping[str, Any], texts: Sequence[bytes], erased: Sequence[ErasedOpening], *, is_asker: bool
) -> Disclosed:
    opened: dict[str, tuple[str, str | None]] = {}
    for text in texts:
        parts = msgspec.json.decode(text)
        name = parts[1] if len(parts) == _PARTS_OF_NAMED else None
        opened[commitment(text)] = (encoded_disclosure(text), name)
    places = {subject["..."]: place for place, subject in enumerate(leaf["subjects"])}
    is_member_erased = is_user_erased(erased) or is_dossier_erased(erased, len(places))
    disclosures: list[tuple[int, str]] = []
    withheld: dict[str, str] = {}
    for digest in commitments_of(leaf):
        if digest not in opened:
            is_erased = is_subject_erased(erased, places[digest]) if digest in places else is_member_erased
            withheld[digest] = ERASED if is_erased else MISSING
            continue
        disclosure, name = opened[digest]
        if name is None or is_asker:
            order = places[digest] if name is None else len(places) + (name != "user")
            disclosures.append((order, disclosure))
        else:
            withheld[digest] = OF_RECIPIENT
    return Disclosed([disclosure for _, disclosure in sorted(disclosures)], withheld)


def _open(ids: Sequence[UUID]) -> dict[UUID, list[bytes]]:
    """Return the texts behind the commitments of these records, as far as they can be opened."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENINGS, [_LOG, list(ids)])
        rows = [
            (record, position, lookup and bytes(lookup), bytes(sealed)) for record, position, lookup, sealed in cursor
        ]
    ciphers = read_keys(log=_LOG, lookups=list({lookup for _, _, lookup, _ in rows if lookup}))
    found: dict[UUID, list[bytes]] = {}
    for record, position, lookup, sealed in rows:
        text = sealed
        if lookup:
            cipher = ciphers.get(lookup)
            if cipher is None:
                continue
            try:
                text = unseal(cipher, sealed, bound_to=opening_name(record.bytes, position))
            except CannotOpenError:
                continue
        found.setdefault(record, []).extend(_lines(text))
    return found


def _lines(text: bytes) -> Iterator[bytes]:
    return (line for line in text.split(b"\n") if line)
