"""The proof of one record for one reader: a C2SP tlog-proof that carries the record. Recorded before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.errors import NotFoundError, UnavailableError
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import position_of
from compliance.ledger.proofs import leaf_hash
from compliance.ledger.stored_tiles import tree_of
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.evidence.disclose import Disclosed, disclose, erasures_of
from compliance.reporting.evidence.leaves import LeavesGoneError, LedgerBrokenError, read_leaves
from compliance.reporting.evidence.points import newest
from compliance.reporting.evidence.records import read_leaf_json
from compliance.reporting.evidence.request import EvidenceRequest, settle
from compliance.reporting.evidence.verifier.declaration import NO_DISCLOSURES
from compliance.reporting.evidence.verifier.proof_file import ProofFile, write_proof
from compliance.reporting.evidence.verifier.record_line import RecordLine, record_line
from compliance.reporting.evidence.verifier.selection import Filter

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.kernel.actor import Actor
    from compliance.ledger.published import PublishedCheckpoint

_LOG = LogNumber.EXCHANGES


def export_proof(
    *, exchange_id: UUID, actor: Actor, recipient: str, disclose_to_them: bool | None = None, reason: str = ""
) -> str:
    """Return the proof of one exchange, with what this recipient may see of it.

    Raises :class:`NotFoundError` when there is no such exchange that concerns the recipient,
    :class:`UnavailableError` while it is not under a published checkpoint, and as :func:`settle`.
    """
    request = settle(
        EvidenceRequest(
            filter=Filter(ids=(str(exchange_id),)), recipient=recipient, disclose=disclose_to_them, reason=reason
        )
    )
    head = newest()
    leaf = read_leaves(exchange_id.bytes).get(exchange_id.bytes)
    if leaf is None or not request.filter.matcher()(read_leaf_json(leaf)):
        raise NotFoundError
    index = position_of(log=_LOG, identifier=exchange_id)
    if index is None or index >= head.size:
        detail = "This exchange is being sealed. Ask for its proof again in a minute."
        raise UnavailableError(detail, retry_after=60)
    details = {"recipient": recipient, "disclosed": request.made, "checkpoint": str(head.size)}
    record_act(actor=actor, kind=ActKind.PROOF_EXPORTED, object_id=exchange_id, reason=reason.strip(), details=details)
    return _proof(request, head, index, leaf)


def _proof(request: EvidenceRequest, head: PublishedCheckpoint, index: int, leaf: bytes) -> str:
    if not leaf:
        raise LeavesGoneError
    tree = tree_of(_LOG, head.size)
    if tree.leaf_hash(index) != leaf_hash(leaf):
        raise LedgerBrokenError
    told = Disclosed([], {})
    if request.made != NO_DISCLOSURES:
        json = read_leaf_json(leaf)
        [told] = disclose(
            leaves=[json], made=request.made, recipient=request.recipient, erasures=erasures_of([json["id"]])
        )
    line = record_line(RecordLine(index, told.disclosures, told.withheld, leaf))
    return write_proof(ProofFile(line[:-1], index, tree.inclusion(index), head.note))
