"""Persons in a report: the normal form of their number, and the pseudonym by which they are found."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import msgspec

from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.identifiers import normal_insz, number_range
from compliance.kernel.pseudonyms import lookup, short
from compliance.ledger.keyring import keyring


def normal_identifier(kind: str, value: str) -> str | None:
    """Return the form in which an identifier is kept and found, or ``None`` when it is not one.

    National numbers (INSZ: National Register and BIS) must have right check digits; other kinds are
    any printable text without spaces around it.
    """
    if kind == "insz":
        return normal_insz(value)
    return value if is_canonical_text(value) and value == value.strip() and value else None


def person_lookup(scope: str, kind: str, value: str) -> bytes:
    """Return a person's pseudonym. National numbers are the same everywhere, other kinds per organisation."""
    return lookup(key=keyring().lookup, kind=kind if kind == "insz" else f"{scope}/{kind}", value=value)


@lru_cache(maxsize=100_000)
def dossier_lookup(scope: str, reference: str) -> bytes:
    """Return the pseudonym of a dossier reference of an organisation."""
    return lookup(key=keyring().lookup, kind=f"{scope}/dossier-reference", value=reference)


class Person(NamedTuple):
    """A checked person: the pseudonym, the canonical JSON that is committed to, and the pseudonym of near numbers."""

    lookup: bytes
    value: bytes
    number_range: int | None


@lru_cache(maxsize=300_000)
def subject(scope: str, kind: str, value: str, role: str) -> Person:
    """Return a person about whom data was exchanged."""
    normal = normal_identifier(kind, value) or ""
    told = msgspec.json.encode({"kind": kind, "role": role, "value": normal})
    return Person(person_lookup(scope, kind, normal), told, _number_range(kind, normal))


@lru_cache(maxsize=100_000)
def user(scope: str, kind: str, value: str) -> Person:
    """Return a person who asked."""
    normal = normal_identifier(kind, value) or ""
    told = msgspec.json.encode(f"{kind}:{normal}")
    return Person(person_lookup(scope, kind, normal), told, _number_range(kind, normal))


def _number_range(kind: str, normal: str) -> int | None:
    """Return the pseudonym that a national number shares with those near it, for who tries one after the other."""
    if kind != "insz" or not normal:
        return None
    return short(lookup(key=keyring().lookup, kind="number-range", value=number_range(normal)))
