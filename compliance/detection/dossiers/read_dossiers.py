"""Dossiers out of JSON or NDJSON, with a pointer to everything that has not the right shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.detection.dossiers.told import ToldDossier
from compliance.exchanges.read_reports import MOST_ERRORS, shape_error
from compliance.kernel.errors import FieldError, InvalidInputError, MalformedInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

_decode = msgspec.json.Decoder(ToldDossier).decode
_split = msgspec.json.Decoder(list[msgspec.Raw]).decode


def read_json(octets: bytes) -> list[ToldDossier]:
    """Return the dossiers of a JSON document: one, or an array."""
    if octets.lstrip()[:1] != b"[":
        return _read([octets])
    try:
        parts = _split(octets)
    except msgspec.DecodeError as error:
        raise MalformedInputError(detail=f"This is not JSON: {error}.") from error
    return _read(bytes(part) for part in parts)


def read_lines(octets: bytes) -> list[ToldDossier]:
    """Return the dossiers of NDJSON: one a line, empty lines left out of count."""
    return _read(line for line in octets.split(b"\n") if line.strip())


def _read(parts: Iterable[bytes]) -> list[ToldDossier]:
    told: list[ToldDossier] = []
    errors: list[FieldError] = []
    for position, part in enumerate(parts):
        try:
            told.append(_decode(part))
        except msgspec.ValidationError as error:
            found = shape_error(error)
            errors.append(FieldError(f"/{position}{found.pointer}", found.detail, found.code))
            if len(errors) >= MOST_ERRORS:
                break
        except msgspec.DecodeError as error:
            raise MalformedInputError(detail=f"Dossier {position + 1} is not JSON: {error}.") from error
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    if not told:
        raise MalformedInputError(detail="There is no dossier in this body.")
    return told
