"""What the maker of a bundle declares, read and checked for its form. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from compliance.ledger.notes import NoteError, decoded
from compliance.ledger.tiles import WIDTH
from compliance.reporting.evidence.verifier.selection import MOMENT, Filter, FilterError, filter_of

EVIDENCE_SCHEMA = "kbi-audit/evidence/1"
RANGE_MODE, HITS_MODE = "range", "hits"
NO_DISCLOSURES, DISCLOSED_TO_RECIPIENT, ALL_DISCLOSED = "none", "recipient", "all"
HELD_ROLE, BEFORE_ROLE, AFTER_ROLE, BETWEEN_ROLE = "held", "before", "after", "between"
LANGUAGES = ("nl", "en", "fr")
MOST_PROOFS = 256
_ROLES = {HELD_ROLE, BEFORE_ROLE, AFTER_ROLE, BETWEEN_ROLE}
_MEMBERS = {
    "schema",
    "id",
    "made_at",
    "made_by",
    "expires_at",
    "recipient",
    "language",
    "reason",
    "origin",
    "checkpoint",
    "mode",
    "range",
    "filter",
    "count",
    "disclosures",
    "erasures",
    "checkpoints",
    "timestamps",
    "statement",
}


class DeclarationError(ValueError):
    """A declaration that is not one; the message says which member."""


@dataclass(frozen=True)
class Declaration:
    """What a bundle says of itself. ``span`` is the leaves of mode ``range``, as first and end."""

    told: dict[str, Any]
    origin: str
    size: int
    root: bytes
    mode: str
    span: tuple[int, int] | None
    filter: Filter
    count: int
    made: str
    disclosures: int
    erasures: int
    checkpoints: tuple[tuple[int, str], ...]
    timestamps: tuple[tuple[int, str], ...]
    expires_at: str
    language: str


def read_declaration(written: bytes) -> Declaration:
    """Read a declaration. Raises :class:`DeclarationError`."""
    try:
        told = json.loads(written)
    except ValueError as error:
        raise DeclarationError from error
    if not isinstance(told, dict) or set(told) != _MEMBERS:
        message = "members"
        raise DeclarationError(message)
    try:
        return _declaration_of(told)
    except (KeyError, TypeError, AttributeError, FilterError, NoteError) as error:
        raise DeclarationError(str(error)) from error


def _declaration_of(told: dict[str, Any]) -> Declaration:
    size = _count(told["checkpoint"]["size"])
    span = None
    if told["mode"] == RANGE_MODE:
        span = (_count(told["range"]["first"]), _count(told["range"]["end"]))
        is_whole = span[0] % WIDTH == 0 and (span[1] % WIDTH == 0 or span[1] == size)
        _demand(is_whole and span[0] <= span[1] <= size, "range")
    else:
        _demand(told["mode"] == HITS_MODE and told["range"] is None, "mode")
    _demand(told["schema"] == EVIDENCE_SCHEMA, "schema")
    _demand(told["language"] in LANGUAGES and set(told["statement"]) == set(LANGUAGES), "language")
    _demand(told["disclosures"]["made"] in {NO_DISCLOSURES, DISCLOSED_TO_RECIPIENT, ALL_DISCLOSED}, "disclosures")
    for name in ("made_at", "expires_at"):
        _demand(MOMENT.fullmatch(told[name]) is not None, name)
    for name in ("id", "recipient", "reason", "origin"):
        _demand(isinstance(told[name], str), name)
    checkpoints = tuple((_count(each["size"]), str(each["role"])) for each in told["checkpoints"])
    _demand({role for _, role in checkpoints} <= _ROLES and all(at <= size for at, _ in checkpoints), "checkpoints")
    return Declaration(
        told=told,
        origin=told["origin"],
        size=size,
        root=decoded(told["checkpoint"]["root"]),
        mode=told["mode"],
        span=span,
        filter=filter_of(told["filter"]),
        count=_count(told["count"]),
        made=told["disclosures"]["made"],
        disclosures=_count(told["disclosures"]["count"]),
        erasures=_count(told["erasures"]["count"]),
        checkpoints=checkpoints,
        timestamps=tuple((_count(each["size"]), str(each["file"])) for each in told["timestamps"]),
        expires_at=told["expires_at"],
        language=told["language"],
    )


def _count(told: Any) -> int:
    if type(told) is not int or not 0 <= told < 2**63:
        message = "a number"
        raise DeclarationError(message)
    return told


def _demand(holds: bool, name: str) -> None:  # noqa: FBT001 - a condition to hold, as `assert` takes one
    if not holds:
        raise DeclarationError(name)
