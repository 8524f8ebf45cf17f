"""Reports out of JSON or NDJSON, with a pointer to everything that has not the right shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings

from compliance.exchanges.submission import Submission
from compliance.kernel.errors import FieldError, InvalidInputError, MalformedInputError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ERRORS = 100
_decode = msgspec.json.Decoder(Submission).decode
_split = msgspec.json.Decoder(list[msgspec.Raw]).decode
_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+|\.\.\.)\]")
_FIELD = re.compile(r"field `([a-z_]{1,40})`")


def read_json(octets: bytes) -> tuple[list[Submission], bool]:
    """Return the reports in a JSON document, and whether it was one report rather than an array."""
    alone = octets.lstrip()[:1] != b"["
    if alone:
        return _read([octets]), True
    try:
        parts = _split(octets)
    except msgspec.DecodeError as error:
        raise MalformedInputError(detail=f"This is not JSON: {error}.") from error
    return _read(bytes(part) for part in parts), False


def read_lines(octets: bytes) -> list[Submission]:
    """Return the reports in NDJSON: one a line, empty lines left out of count."""
    return _read(line for line in octets.split(b"\n") if line.strip())


def read_one(octets: bytes) -> Submission:
    """Return one report. Raises as :func:`read_json`, with pointers from the report itself."""
    try:
        return _decode(octets)
    except msgspec.ValidationError as error:
        raise InvalidInputError(errors=(shape_error(error),)) from error
    except msgspec.DecodeError as error:
        raise MalformedInputError(detail=f"This is not JSON: {error}.") from error


def shape_error(error: msgspec.ValidationError) -> FieldError:
    """Turn the decoder's message into a pointer and a remedy that quotes no value: it could be a person's number."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else ("", "")
    pointer = "".join(f"/{name or index}" for name, index in _STEP.findall(path))
    field = _FIELD.search(what)
    below = f"{pointer}/{field[1]}" if field else pointer
    if "missing required field" in what:
        return FieldError(below, "This field is required. Add it.", "missing")
    if "unknown field" in what:
        return FieldError(below, "The schema has no such field. Leave it out or correct its name.", "unknown-field")
    if what.startswith("Invalid enum value"):
        return FieldError(pointer, "This is none of the values that the schema names. Use one of these.", "not-a-value")
    return FieldError(pointer, f"{what.replace('`', '')}. Send what the schema asks.", "shape")


def _read(parts: Iterable[bytes]) -> list[Submission]:
    most = int(settings.MAX_RECORD_BYTES)
    reports: list[Submission] = []
    errors: list[FieldError] = []
    position = -1
    for position, part in enumerate(parts):
        if len(part) > most:
            raise TooLargeError(detail=f"Record {position + 1} is larger than {most} bytes.")
        try:
            reports.append(_decode(part))
        except msgspec.ValidationError as error:
            found = shape_error(error)
            errors.append(FieldError(f"/{position}{found.pointer}", found.detail, found.code))
            if len(errors) >= MOST_ERRORS:
                break
        except msgspec.DecodeError as error:
            raise MalformedInputError(detail=f"Record {position + 1} is not JSON: {error}.") from error
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    if position < 0:
        raise MalformedInputError(detail="There is no record in this body.")
    return reports
