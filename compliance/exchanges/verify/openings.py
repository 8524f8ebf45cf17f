"""Openings against commitments: salts and values hash to what the leaf says, or an erasure says why they are gone.

Three results that look alike are told apart: *vanished* (missing, and nobody erased it), *resurrected* (there,
although it was erased), and an opening that is there and not what the leaf commits to.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from compliance.exchanges.commitments import ABSENT, USER
from compliance.exchanges.leaf import SCHEMA, LeafSubject
from compliance.exchanges.seal_openings import opening_name
from compliance.exchanges.verify.opening_lines import DOSSIER, OF_USER, SUBJECT, Line, found_by, lines_of
from compliance.kernel.disclosures import commitment
from compliance.kernel.encryption import CannotOpenError, unseal
from compliance.ledger.keyring import keyring
from compliance.ledger.logs import LogNumber
from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.entries import Sealed

_LOG = LogNumber.EXCHANGES
# One index probe a record, in its own month: a join would let the planner read every month instead.
_OPENINGS = """
SELECT o.id, o.position, o.lookup, o.dossier_lookup, o.sealed
  FROM unnest(%s::uuid[]) AS asked (id)
 CROSS JOIN LATERAL (SELECT * FROM ledger_opening WHERE id = asked.id AND log = %s OFFSET 0) AS o
"""
_ERASED = "SELECT id, position, fields FROM ledger_erasure WHERE log = %s AND id = ANY(%s)"
_RESTORED = (
    "SELECT r.first, r.until, e.leaf FROM ledger_restoration r JOIN ledger_entry e ON e.id = r.entry AND e.log = r.log "
    "WHERE r.log = %s"
)
_KEYS = "SELECT lookup, wrapped FROM ledger_person_key WHERE log = %s AND lookup = ANY(%s)"
_SURPLUS = (
    "SELECT o.id FROM ledger_opening o WHERE o.log = %s "
    "AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = o.id AND e.log = o.log) LIMIT 1"
)
RESTORATION = "kbi-audit/restoration/1"
WHOLE = ""


class _Asker(msgspec.Struct, gc=False):
    organisation: str


class _Committed(msgspec.Struct, gc=False):
    sd: tuple[str, ...] = msgspec.field(name="_sd")
    subjects: tuple[LeafSubject, ...]  # type: ignore[valid-type]
    asker: _Asker
    schema: str


class _Restoration(msgspec.Struct):
    schema: str
    first: int
    until: int


_decode = msgspec.json.Decoder(_Committed).decode


class _Row(NamedTuple):
    position: int
    lookup: bytes | None
    dossier_lookup: bytes | None
    sealed: bytes


class _Erased(NamedTuple):
    """What was erased of a record: (position, field), where an empty field is the whole opening."""

    places: frozenset[tuple[int, str]]

    def covers(self, position: int, field: str) -> bool:
        """Tell whether this was erased."""
        return (position, WHOLE) in self.places or (position, field) in self.places


class Openings:
    """Checks openings of sealed exchanges, some thousands at a time."""

    def __init__(self, cursor: CursorWrapper, findings: Findings) -> None:
        """Read which leaves came back without their openings, after a restore that the log tells of."""
        self._cursor, self._findings = cursor, findings
        cursor.execute(_RESTORED, [_LOG])
        self._restored = [
            (first, until) for first, until, leaf in cursor.fetchall() if _says_restored(bytes(leaf), first, until)
        ]

    def check(self, exchanges: Sequence[Sealed]) -> None:
        """Check the openings of these entries; those that are no exchanges have none."""
        ids = [UUID(bytes=sealed.id) for sealed in exchanges]
        rows, erased = self._rows(ids), self._erased(ids)
        keys = self._keys({row.lookup for found in rows.values() for row in found if row.lookup is not None})
        for sealed, identifier in zip(exchanges, ids, strict=True):
            try:
                leaf = _decode(sealed.leaf)
            except msgspec.MsgspecError:
                if identifier in rows:
                    self._fail(Check.OPENINGS, sealed, "has openings, and is no exchange")
                continue
            self._check(sealed, leaf, rows.get(identifier, []), erased.get(identifier, _Erased(frozenset())), keys)

    def _check(
        self, sealed: Sealed, leaf: _Committed, rows: Iterable[_Row], erased: _Erased, keys: dict[bytes, AESGCM]
    ) -> None:
        if leaf.schema != SCHEMA:
            return
        digests = [subject.digest for subject in leaf.subjects]  # type: ignore[attr-defined]
        wanted = {(SUBJECT, position) for position in range(len(digests))} | {(OF_USER, USER), (DOSSIER, 0)}
        for row in rows:
            if erased.covers(row.position, WHOLE):
                # Whether or not a key still opens it: it was to be gone.
                self._fail(Check.RESURRECTED, sealed, f"has its opening at position {row.position}, which was erased")
                continue
            text = self._open(sealed, row, keys)
            if text is None:
                return  # what it holds is not known: nothing can be said to be missing
            lines = list(lines_of(text, row.position))
            for line in lines:
                if not _is_committed(line, leaf, digests) or (line.field, line.position) not in wanted:
                    self._fail(Check.OPENINGS, sealed, f"does not commit to its opening at position {row.position}")
                    continue
                wanted.discard((line.field, line.position))
                if row.position != ABSENT and erased.covers(row.position, line.field):
                    told = f"has its {line.field} at position {row.position}, which was erased"
                    self._fail(Check.RESURRECTED, sealed, told)
            if row.lookup is not None and (row.lookup, row.dossier_lookup) != found_by(lines, leaf.asker.organisation):
                told = f"has an opening at position {row.position} that is found under another name"
                self._fail(Check.OPENINGS, sealed, told)
        self._check_missing(
            sealed, [field for field, position in wanted if not _is_erased(erased, field, position, digests)]
        )

    def _check_missing(self, sealed: Sealed, fields: list[str]) -> None:
        if not fields:
            return
        if any(first <= sealed.place < until for first, until in self._restored):
            sentence = f"Leaf {sealed.place} came back after a restore without openings, as the log tells."
            self._findings.remark(Check.VANISHED, sentence, sealed.place)
        else:
            told = " and ".join(sorted(set(fields)))
            self._fail(Check.VANISHED, sealed, f"lacks the opening of its {told}, and nobody erased it")

    def _open(self, sealed: Sealed, row: _Row, keys: dict[bytes, AESGCM]) -> bytes | None:
        """Return an opening's text; note when it cannot be opened."""
        if row.lookup is None:
            return row.sealed
        cipher = keys.get(row.lookup)
        try:
            if cipher is not None:
                return unseal(cipher, row.sealed, bound_to=opening_name(sealed.id, row.position))
        except (CannotOpenError, ValueError):
            pass
        how = "whose key is gone" if cipher is None else "that its key does not open"
        self._fail(Check.OPENINGS, sealed, f"has an opening at position {row.position} {how}")
        return None

    def _rows(self, ids: list[UUID]) -> dict[UUID, list[_Row]]:
        self._cursor.execute(_OPENINGS, [ids, _LOG])
        rows: dict[UUID, list[_Row]] = defaultdict(list)
        for identifier, position, lookup, dossier, sealed in self._cursor.fetchall():
            rows[identifier].append(_Row(position, lookup and bytes(lookup), dossier and bytes(dossier), bytes(sealed)))
        return rows

    def _erased(self, ids: list[UUID]) -> dict[UUID, _Erased]:
        self._cursor.execute(_ERASED, [_LOG, ids])
        places: dict[UUID, set[tuple[int, str]]] = defaultdict(set)
        for identifier, position, fields in self._cursor.fetchall():
            places[identifier].update((position, field) for field in fields or [WHOLE])
        return {identifier: _Erased(frozenset(found)) for identifier, found in places.items()}

    def _keys(self, lookups: set[bytes]) -> dict[bytes, AESGCM]:
        self._cursor.execute(_KEYS, [_LOG, list(lookups)])
        found = {}
        wrapping = keyring().wrapping
        for lookup, wrapped in self._cursor.fetchall():
            try:
                found[bytes(lookup)] = AESGCM(unseal(wrapping, bytes(wrapped), bound_to=bytes(lookup)))
            except (CannotOpenError, ValueError):
                continue
        return found

    def _fail(self, check: Check, sealed: Sealed, what: str) -> None:
        sentence = f"Exchange {UUID(bytes=sealed.id)}, leaf {sealed.place}, {what}."
        self._findings.fail(check, sentence, sealed.place)


def check_surplus_openings(cursor: CursorWrapper, *, findings: Findings) -> None:
    """Note an opening of a record that is not there."""
    cursor.execute(_SURPLUS, [_LOG])
    row = cursor.fetchone()
    if row is not None:
        findings.fail(Check.OPENINGS, f"Record {row[0]} has an opening, and no entry.")


def _says_restored(leaf: bytes, first: int, until: int) -> bool:
    try:
        told = msgspec.json.decode(leaf, type=_Restoration)
    except msgspec.MsgspecError:
        return False
    return (told.schema, told.first, told.until) == (RESTORATION, first, until)


def _is_committed(line: Line, leaf: _Committed, digests: Sequence[str]) -> bool:
    digest = commitment(line.text)
    if line.field == SUBJECT:
        return 0 <= line.position < len(digests) and digests[line.position] == digest
    return digest in leaf.sd


def _is_erased(erased: _Erased, field: str, position: int, digests: Sequence[str]) -> bool:
    """Tell whether a missing field was erased; a dossier goes with the first person, who may be the user."""
    if field == DOSSIER and not digests and erased.covers(USER, DOSSIER):
        return True
    return erased.covers(position, field)
