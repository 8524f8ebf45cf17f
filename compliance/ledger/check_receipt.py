"""Tell whether the promise of a receipt was kept: a place in the log, before the delay had passed."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.find_leaf import Budget, find_leaf, size_at
from compliance.ledger.keyring import keyring
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.published import latest_published, published_at_least
from compliance.ledger.receipt import receipt_signed
from compliance.ledger.stored_tiles import tree_of

if TYPE_CHECKING:
    from compliance.ledger.find_leaf import Search
    from compliance.ledger.published import PublishedCheckpoint
    from compliance.ledger.read_receipts import KeptReceipt
    from compliance.ledger.receipt import Receipt

LOG = LogNumber.EXCHANGES
_SEALED = "SELECT size, sealed_at, root FROM ledger_head WHERE log = %s AND size > %s ORDER BY size LIMIT 1"


class Promise(StrEnum):
    """What became of a receipt's promise."""

    KEPT = "kept"
    LATE = "late"
    NOT_DUE = "not-due"
    BROKEN = "broken"
    NOT_OURS = "not-ours"
    UNDECIDED = "undecided"


class CheckedReceipt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found of one receipt. Hashes are in base64; ``proof`` is an inclusion proof (RFC 6962), leaf first.

    It leads from the leaf's hash at ``index`` to ``root``, that of a tree of ``size`` leaves; ``checkpoint``
    is the signed note (C2SP tlog-checkpoint) that says so, when one is published already.
    """

    promise: Promise
    sentence: str
    leaf_hash: str
    received_at: str
    due_at: str | None = None
    index: int | None = None
    sealed_at: str | None = None
    size: int | None = None
    root: str | None = None
    proof: tuple[str, ...] = ()
    checkpoint: str | None = None


def check_receipt(kept: KeptReceipt, *, budget: Budget | None = None, at: datetime | None = None) -> CheckedReceipt:
    """Check one receipt's signature, find its leaf in the log, and say in words what became of the promise.

    Without a ``budget`` the whole log is searched from the receipt's moment on.
    """
    receipt = kept.receipt
    wrong = _not_ours(receipt)
    if wrong is not None:
        return _said(receipt, Promise.NOT_OURS, wrong)
    at = at or now()
    received = datetime.fromisoformat(receipt.received_at)
    due = received + timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS)
    found = find_leaf(
        log=LOG,
        leaf=b64decode(receipt.leaf_hash),
        since=received,
        identifier=kept.identifier,
        budget=budget or Budget(),
    )
    if found.index is not None:
        return _in_the_log(receipt, found.index, due)
    return _not_in_the_log(receipt, found, due, at)


def _not_ours(receipt: Receipt) -> str | None:
    """Return what is wrong with a receipt that this log did not sign."""
    if receipt.origin != origin_of(LOG):
        return f"This receipt names another log, not {origin_of(LOG)}. Ask the one who keeps that."
    try:
        signed = receipt_signed(receipt, leaf=b64decode(receipt.leaf_hash), key=keyring().receipts.public_key())
        datetime.fromisoformat(receipt.received_at)
    except (binascii.Error, ValueError):
        signed = False
    return None if signed else "This log did not sign this receipt: it was forged, or changed after it was given."


def _in_the_log(receipt: Receipt, index: int, due: datetime) -> CheckedReceipt:
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [LOG, index])
        size, sealed_at, root = cursor.fetchone()
    published = _published(index)
    size, root = (size, bytes(root)) if published is None else (published.size, published.root)
    is_late = sealed_at > due
    place = f"The record is leaf {index} of the log, sealed at {_time(sealed_at)}"
    promise = f"after the {_time(due)} that was promised" if is_late else f"before the {_time(due)} that was promised"
    known = (
        "no checkpoint that tells of it is published yet"
        if published is None
        else f"the checkpoint of {published.size} leaves tells of it"
        + (f", which {len(published.witnesses)} witnesses confirmed" if published.quorum_met else "")
    )
    return _said(
        receipt,
        Promise.LATE if is_late else Promise.KEPT,
        f"{place}, {promise}; {known}.",
        due=due,
        index=index,
        sealed_at=_time(sealed_at),
        size=size,
        root=_base64(root),
        proof=tuple(map(_base64, tree_of(LOG, size).inclusion(index))),
        checkpoint=None if published is None else published.note,
    )


def _published(index: int) -> PublishedCheckpoint | None:
    """Return the first checkpoint that witnesses confirmed and that tells of a leaf, else one that is signed."""
    confirmed = published_at_least(LOG, index + 1)
    if confirmed is not None:
        return confirmed
    latest = latest_published(LOG)
    return latest if latest is not None and latest.size > index else None


def _not_in_the_log(receipt: Receipt, found: Search, due: datetime, at: datetime) -> CheckedReceipt:
    if at < due:
        sentence = f"The record has no place in the log yet. It is promised one before {_time(due)}."
        return _said(receipt, Promise.NOT_DUE, sentence, due=due)
    if found.looked_up_to < size_at(LOG, due):
        sentence = (
            f"The record was not among the first {found.looked_up_to} leaves; so many were sealed meanwhile that "
            "looking further takes long. Send the whole answer with its id, or have the operator run check_receipt."
        )
        return _said(receipt, Promise.UNDECIDED, sentence, due=due)
    sentence = (
        f"The promise is broken: a place in the log before {_time(due)} was promised, and the log does not hold "
        "the record. Keep this receipt: it proves that the record was received."
    )
    return _said(receipt, Promise.BROKEN, sentence, due=due)


def _said(
    receipt: Receipt, promise: Promise, sentence: str, *, due: datetime | None = None, **told: object
) -> CheckedReceipt:
    return msgspec.convert(
        {
            "promise": promise.value,
            "sentence": sentence,
            "leaf_hash": receipt.leaf_hash,
            "received_at": receipt.received_at,
            "due_at": None if due is None else _time(due),
            **told,
        },
        CheckedReceipt,
    )


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _base64(octets: bytes) -> str:
    return b64encode(octets).decode()
