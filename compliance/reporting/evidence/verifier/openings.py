"""What is disclosed of a record, held against the commitments in its leaf (SD-JWT disclosures, RFC 9901). Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

USER_NAME, DOSSIER_NAME = "user", "dossier"
OF_RECIPIENT, HELD, CONFIDENTIAL, ERASED, MISSING = "recipient", "held", "confidential", "erased", "missing"
REASONS = frozenset({OF_RECIPIENT, HELD, CONFIDENTIAL, ERASED, MISSING})
_ELEMENT_PARTS, _MEMBER_PARTS = 2, 3


class DisclosureError(ValueError):
    """A disclosure that is not one, or is not of this leaf."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the disclosures of a record say: subjects (in the leaf's order), user, dossier; "" = not told."""

    subjects: tuple[str, ...] = ()
    user: str = ""
    dossier: str = ""


NOTHING_OPENED = Opened()


def encoded_disclosure(text: bytes) -> str:
    """Return a disclosure's base64url form."""
    return urlsafe_b64encode(text).rstrip(b"=").decode()


def digest_of(disclosure: str) -> str:
    """Return the digest that stands in a leaf for a disclosure in base64url."""
    return urlsafe_b64encode(sha256(disclosure.encode()).digest()).rstrip(b"=").decode()


def commitments_of(leaf: Mapping[str, Any]) -> list[str]:
    """Return all digests in a leaf: the subjects', in their order, then those of user and dossier."""
    return [*(subject["..."] for subject in leaf["subjects"]), *leaf["_sd"]]


def open_record(leaf: Mapping[str, Any], disclosures: Sequence[str]) -> Opened:
    """Return what the disclosures of a record say. Raises :class:`DisclosureError` for one that is not of this leaf."""
    if not disclosures:
        return NOTHING_OPENED
    elements = {subject["..."]: place for place, subject in enumerate(leaf["subjects"])}
    members = set(leaf["_sd"])
    subjects: dict[int, str] = {}
    named: dict[str, str] = {}
    for disclosure in disclosures:
        digest, name, value = read_disclosure(disclosure)
        if name is None and digest in elements:
            place = elements.pop(digest)
            subjects[place] = f"{value['kind']}:{value['value']} ({value['role']})" if isinstance(value, dict) else ""
        elif name in {USER_NAME, DOSSIER_NAME} and digest in members and name not in named:
            members.remove(digest)
            named[name] = "" if value is None else str(value)
        else:
            raise DisclosureError
    told = tuple(subjects[place] for place in sorted(subjects))
    return Opened(told, named.get(USER_NAME, ""), named.get(DOSSIER_NAME, ""))


def read_disclosure(disclosure: str) -> tuple[str, str | None, Any]:
    """Return digest, name (``None`` for an element) and value of a disclosure. Raises :class:`DisclosureError`."""
    try:
        text = urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))
        parts = json.loads(text.decode())
    except ValueError as error:
        raise DisclosureError from error
    if encoded_disclosure(text) != disclosure or not isinstance(parts, list):
        raise DisclosureError
    match parts:
        case [str(), value] if len(parts) == _ELEMENT_PARTS:
            return digest_of(disclosure), None, value
        case [str(), str(name), value] if len(parts) == _MEMBER_PARTS:
            return digest_of(disclosure), name, value
    raise DisclosureError
