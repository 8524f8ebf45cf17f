"""Some hundred rows in one value: the driver spends more on taking a row over than all checks of it.

All rows in one would cost more in memory than it saves.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

SHARE = "get_byte(uuid_send(id), 15) & 63 AS share"
"""Rows are taken together in 64 shares, by the last bits of their identifiers."""

_PACKED = (
    "COPY (SELECT string_agg(head || int4send(octet_length(packed)), ''::bytea), string_agg(packed, ''::bytea) "
    "FROM ({rows}) AS row GROUP BY share) TO STDOUT (FORMAT BINARY)"
)
_HEADER_BYTES, _TRAILER_BYTES = 19, 2
_LENGTH = Struct("!i").unpack_from


def packed_rows(
    cursor: CursorWrapper, query: str, parameters: Mapping[str, int | UUID], *, head: Struct
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query that gives a ``share``, a ``head`` of fixed size and ``packed`` (both bytea).

    Of each row come the fields of its head, which end in the length of what is packed, and that (bytes).
    """
    with cursor.db.wrap_database_errors, cursor.copy(_PACKED.format(rows=query), parameters) as copy:
        start = _HEADER_BYTES
        for given in copy:
            block = bytes(given)
            # The number of fields (2 bytes, alone at the end), then each after its length.
            heads_at = start + _TRAILER_BYTES + 4
            start = 0
            if len(block) < heads_at:
                continue
            at = heads_at + _LENGTH(block, heads_at - 4)[0]
            heads, at = block[heads_at:at], at + 4
            for fields in head.iter_unpack(heads):
                end = at + fields[-1]
                yield *fields, block[at:end]
                at = end
