"""What the signer and the witnesses remember of the log: each of their heads must be a prefix of ours.

They forget nothing when our database is restored, cut off or rewritten; that is what they are for. They are
asked first, and the log is looked at afterwards: it may only have grown meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.errors import NotFoundError
from compliance.ledger.ask_signer import SignerAwayError, SignerNotTrustedError, signer_head
from compliance.ledger.ask_witnesses import NotCosignedError, witness_head
from compliance.ledger.logs import origin_of
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.trusted import current_policy
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.witnessing.client import NoAnswerError

if TYPE_CHECKING:
    from compliance.ledger.checkpoint import Checkpoint


def check_memories(*, log: int, findings: Findings) -> None:
    """Ask the signer and every witness of the policy for their last head of a log. Call it outside a transaction."""
    _ask_signer(log, findings)
    _ask_witnesses(log, findings)


def check_prefix(head: Checkpoint, *, log: int, who: str, check: Check, findings: Findings) -> None:
    """Check that a head that somebody holds is one that the log has been at. ``who`` holds it: "The signer …"."""
    size = sealed_size(log)
    if head.size > size:
        findings.fail(check, f"{who} holds a head of {head.size} leaves; the database has {size} of them.", size)
        return
    try:
        root = tree_of(log, head.size).root()
    except NotFoundError:
        findings.fail(check, f"{who} holds a head of {head.size} leaves; its tiles are missing here.", head.size)
        return
    if root != head.root:
        findings.fail(check, f"{who} holds another history of the first {head.size} leaves.", head.size)


def _ask_signer(log: int, findings: Findings) -> None:
    if settings.SIGNER_URL is None:
        findings.remark(Check.SIGNER_MEMORY, "No signer is set: nobody's memory of the log was asked.")
        return
    try:
        head = signer_head(log)
    except SignerAwayError:
        findings.remark(Check.SIGNER_MEMORY, "The signer did not answer: its memory was not compared.")
    except SignerNotTrustedError:
        findings.fail(Check.SIGNER_MEMORY, "The signer answered with a head that no key of the policy signed.")
    else:
        if head is not None:
            check_prefix(head, log=log, who="The signer", check=Check.SIGNER_MEMORY, findings=findings)


def _ask_witnesses(log: int, findings: Findings) -> None:
    policy = current_policy()
    if policy is None or not any(witness.url for witness in policy.witnesses.values()):
        findings.remark(Check.WITNESS_MEMORY, "No witness is set that could be asked what it remembers of the log.")
        return
    for witness in policy.witnesses.values():
        if not witness.url:
            continue
        try:
            head = witness_head(witness, origin=origin_of(log))
        except NoAnswerError:
            sentence = f"The witness {witness.name} did not answer: its memory was not compared."
            findings.remark(Check.WITNESS_MEMORY, sentence)
        except NotCosignedError:
            sentence = f"The witness {witness.name} answered with a head that it did not sign."
            findings.fail(Check.WITNESS_MEMORY, sentence)
        else:
            if head is not None:
                who = f"The witness {witness.name}"
                check_prefix(head, log=log, who=who, check=Check.WITNESS_MEMORY, findings=findings)
