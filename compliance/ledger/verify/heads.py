"""The heads of a stretch against the roots that its leaves give."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.checkpoints import Signed

_HEADS = "SELECT size, sealed_at, root FROM ledger_head WHERE log = %s AND size > %s AND size <= %s ORDER BY size"
_COVERS = "SELECT size, sealed_at, root FROM ledger_head WHERE log = %s AND size > %s ORDER BY size LIMIT 1"


class Head(NamedTuple):
    """A head as it is kept."""

    size: int
    sealed_at: datetime
    root: bytes


def read_heads(cursor: CursorWrapper, *, log: int, above: int, to: int) -> list[Head]:
    """Return the heads of the sizes above one and up to another."""
    cursor.execute(_HEADS, [log, above, to])
    return [Head(size, sealed_at, bytes(root)) for size, sealed_at, root in cursor.fetchall()]


def head_after(cursor: CursorWrapper, *, log: int, size: int) -> Head | None:
    """Return the first head of more leaves than these."""
    cursor.execute(_COVERS, [log, size])
    row = cursor.fetchone()
    return None if row is None else Head(row[0], row[1], bytes(row[2]))


def check_heads(heads: list[Head], signed: list[Signed], *, roots: Mapping[int, bytes], findings: Findings) -> None:
    """Check that each head is the root of its leaves, and that every checkpoint was one."""
    for head in heads:
        if head.size in roots and roots[head.size] != head.root:
            sentence = f"The head of {head.size} leaves is not the root of these leaves."
            findings.fail(Check.HEAD, sentence, head.size)
    known = {head.size for head in heads}
    for checkpoint in signed:
        if checkpoint.size not in known:
            sentence = f"The log was signed at {checkpoint.size} leaves, and no head of that size is kept."
            findings.fail(Check.HEAD, sentence, checkpoint.size)
