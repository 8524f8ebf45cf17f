"""The columns of an exchange as bytes, as the server's ``record_send`` packs them, made of a leaf.

Source: PostgreSQL, src/backend/utils/adt/rowtypes.c: the number of fields, then of each its type, its length and
its bytes, as in the binary format of COPY. Times are microseconds since 2000-01-01.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any

from compliance.kernel.clock import microseconds

if TYPE_CHECKING:
    from compliance.exchanges.verify.told import Told

COLUMNS = (
    *("id", "log", "xid", "recorded_at", "started_at", "subject_count", "record_count"),
    *("producer_sequence", "corrects", "message_reference"),
    *("producer", "partner", "asker", "on_behalf_of", "source", "service", "service_version", "purpose", "legal_basis"),
    *("route", "direction", "trigger", "environment", "outcome", "service_outcome", "verdict", "authorisation"),
    "confidentiality",
)
_SMALLINT, _INTEGER, _BIGINT, _TEXT, _TIME, _UUID = 21, 23, 20, 25, 1184, 2950
_SINCE_2000 = 946_684_800_000_000
_FIXED, _COUNT = Struct("!iii16siihiiq").pack, Struct("!iii").pack
_FIXED_PART = Struct("!12x16s8xh8xq8xq8xq8xi8xi")
_PARTS, _FIXED_BYTES = _FIXED_PART.unpack_from, _FIXED_PART.size
_NUMBER, _HEAD, _FIELD = Struct("!iiq").pack, Struct("!ii").pack, Struct("!ii").unpack_from
_NO_NUMBER, _NO_UUID = _HEAD(_BIGINT, -1), _HEAD(_UUID, -1)
_OTHER_UUID = _HEAD(_UUID, 16)


class Packer:
    """Packs the columns of one log's exchanges, remembering what neighbours have in common."""

    def __init__(self, log: int) -> None:
        """Take the log."""
        self._log = log
        self._packed: dict[tuple[str, ...], bytes] = {}

    def is_of(self, row: bytes, told: Told, *, xid: int, received: int) -> bool:
        """Tell whether a row is that of a leaf which a transaction wrote; ``received`` in microseconds since 1970."""
        return _PARTS(row) == self._fixed(told, xid, received) and row[_FIXED_BYTES:] == self._rest(told)

    def differing(self, row: bytes, told: Told, *, xid: int, received: int) -> list[str]:
        """Name the columns in which a row differs from its leaf."""
        count = len(COLUMNS)
        identifier, log, *times, subjects, records = self._fixed(told, xid, received)
        expected = b"".join(
            (
                _FIXED(count, _UUID, 16, identifier, _SMALLINT, 2, log, _BIGINT, 8, times[0]),
                *(_NUMBER(_TIME, 8, time) for time in times[1:]),
                *(_COUNT(_INTEGER, 4, number) for number in (subjects, records)),
                self._rest(told),
            )
        )
        pairs = zip(COLUMNS, _fields(row), _fields(expected), strict=True)
        return [name for name, kept, made in pairs if kept != made]

    def _fixed(self, told: Told, xid: int, received: int) -> tuple[Any, ...]:
        """Return the columns of fixed size, in their order."""
        started = microseconds(told.started_at) - _SINCE_2000
        identifier = bytes.fromhex(told.id.replace("-", ""))
        return identifier, self._log, xid, received - _SINCE_2000, started, len(told.subjects), told.record_count

    def _rest(self, told: Told) -> bytes:
        """Return the columns after those, packed."""
        texts = told.texts()
        repeated = self._packed.get(texts)
        if repeated is None:
            repeated = self._packed[texts] = b"".join(map(_text, texts))
        sequence, corrects = told.producer_sequence, told.corrects
        reference = told.message_reference.encode()
        return b"".join(
            (
                _NO_NUMBER if sequence is None else _NUMBER(_BIGINT, 8, sequence),
                _NO_UUID if corrects is None else _OTHER_UUID + bytes.fromhex(corrects.replace("-", "")),
                _HEAD(_TEXT, len(reference)),
                reference,
                repeated,
            )
        )


def _text(text: str) -> bytes:
    octets = text.encode()
    return _HEAD(_TEXT, len(octets)) + octets


def _fields(row: bytes) -> list[bytes]:
    found, at = [], 4
    while at < len(row):
        end = at + 8 + max(_FIELD(row, at)[1], 0)
        found.append(row[at:end])
        at = end
    return found
