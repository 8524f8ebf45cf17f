"""The identifier of a decision: it says what was asked and answered, and proves that we said so.

Nothing is written when a decision is given, so its identifier carries what is needed to hold an
exchange against it later: when it was given and for which moment, whether it allowed, by which
verdict, a short keyed tag of each fact of the question, and the categories as a bitmap of their
numbers in the register. A truncated HMAC-SHA256 (128 bits) covers all of it, under a key that is
derived from that of the pseudonyms, which never changes.

It is base64 in which printable signs stand for the ten digits: without digits there is no national
number in it, so that the check of references never mistakes it for one. At most 119 characters.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING

from compliance.ledger.keyring import keyring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.question import Question

# Categories with a higher number in the register do not fit; an exchange of one differs from what was asked.
MOST_CATEGORIES = 184
_VERSION, _PERMITTED = 1, 1
_TAG, _JUDGED, _SEAL = 3, 4, 16
_MILLISECOND = 1_000
_HEAD = Struct("!B6s8s6sB4s24s")
_BITMAP = MOST_CATEGORIES // 8
_OURS = str.maketrans("0123456789+/", "-_.~:,@+=^*/")
_PLAIN = str.maketrans("-_.~:,@+=^*/", "0123456789+/")


class Part(StrEnum):
    """The facts of a question that an exchange may turn out to differ in."""

    ASKER = "asker"
    SOURCE = "source"
    SERVICE = "service"
    PURPOSE = "purpose"
    LEGAL_BASIS = "legal-basis"
    ROUTE = "route"
    ENVIRONMENT = "environment"
    USER_GROUP = "user-group"
    CATEGORIES = "categories"


TAGGED = tuple(part for part in Part if part is not Part.CATEGORIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an identifier of ours says. Moments are microseconds since 1970, in whole milliseconds.

    ``categories`` are the numbers in the register of those that were asked, as bits.
    """

    issued_at: int
    at: int
    permitted: bool
    judged: bytes
    tags: tuple[bytes, ...]
    categories: int


def write_decision(
    *, question: Question, categories: Iterable[int], judgement: Judgement, issued_at: int, at: int
) -> str:
    """Make the identifier of a decision; ``categories`` are the numbers of those asked. No two are the same."""
    body = _HEAD.pack(
        _VERSION,
        (issued_at // _MILLISECOND).to_bytes(6),
        secrets.token_bytes(8),
        (at // _MILLISECOND).to_bytes(6),
        0 if judgement.reasons else _PERMITTED,
        judged_tag(judgement),
        b"".join(tags_of(question)),
    )
    octets = body + bits_of(categories).to_bytes(_BITMAP, "little").rstrip(b"\x00")
    return _written(octets + _seal(octets))


def read_decision(text: str) -> Decision | None:
    """Return what an identifier says, or ``None`` when it is not one of ours, to the last bit."""
    try:
        octets = b64decode(text.translate(_PLAIN) + "=" * (-len(text) % 4), validate=True)
    except (Error, ValueError):
        return None
    body, seal = octets[:-_SEAL], octets[-_SEAL:]
    if len(body) < _HEAD.size or not hmac.compare_digest(seal, _seal(body)) or _written(octets) != text:
        return None
    _, issued_at, _, at, flags, judged, tags = _HEAD.unpack_from(body)
    return Decision(
        issued_at=int.from_bytes(issued_at) * _MILLISECOND,
        at=int.from_bytes(at) * _MILLISECOND,
        permitted=bool(flags & _PERMITTED),
        judged=judged,
        tags=tuple(tags[start : start + _TAG] for start in range(0, len(tags), _TAG)),
        categories=int.from_bytes(body[_HEAD.size :], "little"),
    )


def tags_of(question: Question) -> tuple[bytes, ...]:
    """Return a tag of each fact, in the order of ``TAGGED``."""
    group = "automatic" if question.user_group is None else f"by hand\x00{question.user_group}"
    told = (
        f"{question.asker}\x00{question.on_behalf_of or ''}",
        question.source,
        f"{question.service}/{question.service_version}",
        question.purpose,
        question.legal_basis,
        question.route,
        question.environment,
        group,
    )
    return tuple(_tag(part, text)[:_TAG] for part, text in zip(TAGGED, told, strict=True))


def judged_tag(judgement: Judgement) -> bytes:
    """Return a tag of the verdict and the version that it was given by."""
    return _tag("judged", f"{judgement.verdict}\x00{judgement.authorisation}")[:_JUDGED]


def bits_of(categories: Iterable[int]) -> int:
    """Return numbers of categories as bits; what does not fit is left out."""
    bits = 0
    for number in categories:
        if number < MOST_CATEGORIES:
            bits |= 1 << number
    return bits


def _written(octets: bytes) -> str:
    return b64encode(octets).decode().rstrip("=").translate(_OURS)


def _seal(octets: bytes) -> bytes:
    return hmac.digest(_key(), b"seal\x00" + octets, "sha256")[:_SEAL]


@lru_cache(maxsize=4_096)
def _tag(what: str, text: str) -> bytes:
    return hmac.digest(_key(), f"{what}\x00{text}".encode(), "sha256")


@lru_cache(maxsize=1)
def _key() -> bytes:
    return hmac.digest(keyring().lookup, b"kbi-audit/decision-key/1", "sha256")
