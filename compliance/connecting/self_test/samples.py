"""Samples out of JSON or NDJSON, each by itself: one that cannot be read leaves the others alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings

from compliance.exchanges.read_reports import read_one
from compliance.kernel.errors import FieldError, InvalidInputError, MalformedInputError, TooLargeError
from compliance.kernel.identifiers import normal_insz
from compliance.simulation.numbers import is_synthetic

if TYPE_CHECKING:
    from compliance.exchanges.submission import Submission

MOST_SAMPLES = 1_000
_split = msgspec.json.Decoder(list[msgspec.Raw]).decode
_NUMBER = re.compile(rb"(?<![0-9A-Za-z])(?:\d{11}|\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2})(?![0-9A-Za-z])")

Read = tuple["Submission | None", tuple[FieldError, ...]]


def split(octets: bytes) -> list[bytes]:
    """Return the samples in a document: an object, an array, or one object a line.

    Raises :class:`MalformedInputError` and :class:`TooLargeError`.
    """
    text = octets.strip()
    if not text:
        raise MalformedInputError(detail="There is no sample in this body.")
    if text[:1] == b"[":
        try:
            parts = [bytes(part) for part in _split(text)]
        except msgspec.DecodeError as error:
            raise MalformedInputError(detail=f"This is not JSON: {error}.") from error
    else:
        parts = [text] if _is_one(text) else [line for line in text.split(b"\n") if line.strip()]
    if len(parts) > MOST_SAMPLES:
        raise TooLargeError(detail=f"Send at most {MOST_SAMPLES} samples at a time.")
    return parts


def read_sample(part: bytes) -> Read:
    """Return a report, or what is wrong with it. A number that could be somebody's is refused before all else."""
    if holds_real_number(part):
        detail = "This holds a national number outside the test range. Use numbers whose day of birth is 99."
        return None, (FieldError("", detail, "outside-test-range"),)
    if len(part) > int(settings.MAX_RECORD_BYTES):
        detail = f"A record is at most {settings.MAX_RECORD_BYTES} bytes. Split it."
        return None, (FieldError("", detail, "too-large"),)
    try:
        return read_one(part), ()
    except MalformedInputError as error:
        return None, (FieldError("", error.detail, "not-json"),)
    except InvalidInputError as error:
        return None, error.errors


def holds_real_number(octets: bytes) -> bool:
    """Tell whether something holds a national number that is not one of those that nobody can have."""
    numbers = (normal_insz(found.decode()) for found in _NUMBER.findall(octets))
    return any(number is not None and not is_synthetic(number) for number in numbers)


def without_numbers(text: str) -> str:
    """Return a text in which every national number outside the test range is replaced by dots."""

    def hide(match: re.Match[bytes]) -> bytes:
        return b"..........." if holds_real_number(match.group()) else match.group()

    return _NUMBER.sub(hide, text.encode()).decode()


def _is_one(text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return True
