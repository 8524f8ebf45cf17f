"""A line of ``records.ndjson`` or ``erasures.ndjson``: JSON around a leaf's bytes, verbatim. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAF_MEMBER = b',"leaf":'
_NOTHING = b',"disclosures":[],"withheld":{}'
_INDEX = b'{"index":'
LINE_END = b"}\n"


class LineError(ValueError):
    """A line that is not one of a bundle."""


class RecordLine(NamedTuple):
    """A record: its leaf's index and bytes, what is disclosed, and why what is not is not (by digest)."""

    leaf_index: int
    disclosures: Sequence[str]
    withheld: Mapping[str, str]
    leaf: bytes


def record_line(line: RecordLine) -> bytes:
    """Write a record as a line."""
    if not line.disclosures and not line.withheld:
        return b"%b%d%b%b%b%b" % (_INDEX, line.leaf_index, _NOTHING, LEAF_MEMBER, line.leaf, LINE_END)
    told = (_minimal(list(line.disclosures)), _minimal(dict(line.withheld)))
    return b'%b%d,"disclosures":%b,"withheld":%b%b%b%b' % (
        _INDEX,
        line.leaf_index,
        *told,
        LEAF_MEMBER,
        line.leaf,
        LINE_END,
    )


def erasure_line(index: int, leaf: bytes) -> bytes:
    """Write an erasure's entry as a line."""
    return b"%b%d%b%b%b" % (_INDEX, index, LEAF_MEMBER, leaf, LINE_END)


def read_record_line(written: bytes) -> RecordLine:
    """Read a line of ``records.ndjson``. Raises :class:`LineError` unless it is written exactly as it must be."""
    head, leaf = _halves(written)
    if head.endswith(_NOTHING):
        line = RecordLine(_number_of(head[: -len(_NOTHING)]), (), {}, leaf)
    else:
        told = _read_json(head + b"}")
        if not isinstance(told, dict) or set(told) != {"index", "disclosures", "withheld"}:
            raise LineError
        disclosures, withheld = told["disclosures"], told["withheld"]
        if not _are_strings(disclosures, list) or not _are_strings(withheld, dict) or type(told["index"]) is not int:
            raise LineError
        line = RecordLine(told["index"], disclosures, withheld, leaf)
    if record_line(line) != written:
        raise LineError
    return line


def read_erasure_line(written: bytes) -> tuple[int, bytes]:
    """Read a line of ``erasures.ndjson``: index and leaf. Raises :class:`LineError`."""
    head, leaf = _halves(written)
    return _number_of(head), leaf


def index_of(written: bytes) -> int:
    """Return the index that a line begins with. Raises :class:`LineError`."""
    return _number_of(written[: written.find(b",", len(_INDEX))])


def _halves(written: bytes) -> tuple[bytes, bytes]:
    head, found, rest = written.partition(LEAF_MEMBER)
    if not found or not rest.endswith(LINE_END):
        raise LineError
    return head, rest[: -len(LINE_END)]


def _number_of(head: bytes) -> int:
    digits = head[len(_INDEX) :]
    if not head.startswith(_INDEX) or not digits.isdigit() or len(digits) > 19 or str(int(digits)).encode() != digits:  # noqa: PLR2004 - 2^63 has 19 digits
        raise LineError
    return int(digits)


def _minimal(told: Any) -> bytes:
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def _read_json(written: bytes) -> Any:
    try:
        return json.loads(written)
    except ValueError as error:
        raise LineError from error


def _are_strings(told: Any, kind: type[list[Any] | dict[Any, Any]]) -> bool:
    if not isinstance(told, kind):
        return False
    values = [*told.keys(), *told.values()] if isinstance(told, dict) else list(told)
    return all(isinstance(value, str) for value in values)
