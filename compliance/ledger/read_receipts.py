"""Receipts out of what was kept of the API's answers: a receipt, an answer, answers, or one of these a line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec

from compliance.kernel.errors import MalformedInputError
from compliance.ledger.receipt import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator


class KeptReceipt(NamedTuple):
    """A receipt, and the record's identifier when the answer around it was kept too."""

    receipt: Receipt
    identifier: UUID | None = None


def read_receipts(octets: bytes) -> list[KeptReceipt]:
    """Return the receipts in JSON or NDJSON. Raises :class:`MalformedInputError` when there is none."""
    try:
        found = [kept for document in _documents(octets) for kept in _in(document)]
    except (msgspec.DecodeError, ValueError) as error:
        message = "This is neither a receipt nor an answer of POST /api/v1/exchanges. Send one as it was received."
        raise MalformedInputError(message) from error
    if not found:
        message = "There is no receipt in this."
        raise MalformedInputError(message)
    return found


def _documents(octets: bytes) -> Iterator[Any]:
    with suppress(msgspec.DecodeError):
        yield msgspec.json.decode(octets)
        return
    for line in octets.splitlines():
        if line.strip():
            yield msgspec.json.decode(line)


def _in(document: Any) -> Iterator[KeptReceipt]:
    match document:
        case list():
            for one in document:
                yield from _in(one)
        case {"records": list(records)}:
            yield from _in(records)
        case {"receipt": None}:
            return
        case {"receipt": receipt, "id": str(identifier)}:
            yield KeptReceipt(msgspec.convert(receipt, Receipt), UUID(identifier))
        case _:
            yield KeptReceipt(msgspec.convert(document, Receipt))
