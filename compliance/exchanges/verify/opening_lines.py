"""The lines of an opening: whose they are, and by which pseudonyms the opening is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from compliance.exchanges.commitments import USER
from compliance.exchanges.people import dossier_lookup, person_lookup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUBJECT, OF_USER, DOSSIER = "subject", "user", "dossier"


class Line(NamedTuple):
    """One disclosure: of which field, at which position the leaf commits to it, its text, its value."""

    field: str
    position: int
    text: bytes
    value: Any


def lines_of(text: bytes, at: int) -> Iterator[Line]:
    """Yield the lines of the opening at a position; what cannot be read is taken for a subject's."""
    for line in text.split(b"\n"):
        try:
            told = msgspec.json.decode(line)
        except msgspec.MsgspecError:
            told = None
        match told:
            case [_, "user", value]:
                yield Line(OF_USER, USER, line, value)
            case [_, "dossier", value]:
                yield Line(DOSSIER, 0, line, value)
            case [_, value]:
                yield Line(SUBJECT, at, line, value)
            case _:
                yield Line(SUBJECT, at, line, None)


def found_by(lines: Iterable[Line], scope: str) -> tuple[bytes | None, bytes | None]:
    """Return the pseudonyms, of a person and of a dossier, under which an opening with these lines stands.

    A dossier that is left without its person stands under its own. ``scope`` is the asking organisation.
    """
    person = dossier = None
    for line in lines:
        match line.field, line.value:
            case "subject", {"kind": str(kind), "value": str(number)}:
                person = person_lookup(scope, kind, number)
            case "user", str(name):
                kind, _, number = name.partition(":")
                person = person_lookup(scope, kind, number)
            case "dossier", str(reference):
                dossier = dossier_lookup(scope, reference)
    return person or dossier, dossier
