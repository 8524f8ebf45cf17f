"""Check a proof of one record: its checkpoint, its place, its origin, and what is disclosed of it. Pure."""

from __future__ import annotations

import json

from compliance.ledger.policy import PolicyError, parse_policy
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.reporting.evidence.verifier.authorship import Trust, check_authorship, read_head, witnessed_of
from compliance.reporting.evidence.verifier.bounds import TimeBounds
from compliance.reporting.evidence.verifier.openings import DisclosureError, open_record
from compliance.reporting.evidence.verifier.proof_file import ProofFileError, read_proof
from compliance.reporting.evidence.verifier.record_line import LineError, read_record_line
from compliance.reporting.evidence.verifier.verdict import (
    ABSENT,
    CHECKPOINT,
    DISCLOSURES,
    INCLUSION,
    ORIGIN,
    PASSED,
    TIMES,
    UNPROVEN,
    WITNESSES,
    Findings,
)


def verify_proof(written: str, *, policy: str | None) -> Findings:
    """Check a ``.tlog-proof`` against a reader's policy (text); without one the signature cannot be checked at all."""
    findings = Findings(is_pinned=policy is not None)
    try:
        proof = read_proof(written)
        record = read_record_line(proof.extra + b"\n")
        told = json.loads(record.leaf)
        origin, received_at = str(told["origin"]), str(told.get("received_at", ""))
        opened = open_record(told, record.disclosures)
    except DisclosureError:
        findings.fail(DISCLOSURES, "disclosure-of-another", index=0)
        return findings
    except (ProofFileError, LineError, ValueError, KeyError, TypeError, AttributeError) as error:
        findings.fail(INCLUSION, "proof-unreadable", file=type(error).__name__)
        return findings
    findings.about = {"id": told.get("id"), "origin": origin, "index": proof.leaf_index}
    head = read_head(proof.note)
    if policy is None:
        findings.conclude(
            CHECKPOINT, UNPROVEN, "checkpoint-own-keys", origin=origin, size=0 if head is None else head.size
        )
        bounds = TimeBounds([])
        findings.conclude(WITNESSES, UNPROVEN, "witnesses-unread")
        findings.conclude(TIMES, UNPROVEN, "times-unbounded")
    else:
        bounds = _authorship(findings, policy, proof.note)
    if (
        head is None
        or root_from_inclusion(leaf=leaf_hash(record.leaf), index=proof.leaf_index, size=head.size, path=proof.path)
        != head.root
        or record.leaf_index != proof.leaf_index
    ):
        findings.fail(INCLUSION, "proof-broken", file="")
    elif head.origin != origin:
        findings.fail(ORIGIN, "leaf-of-another-log", index=proof.leaf_index)
    earliest, latest = bounds.of(proof.leaf_index)
    if received_at > latest or (received_at and received_at < earliest):
        findings.fail(TIMES, "leaf-after-checkpoint", index=proof.leaf_index)
    findings.conclude(INCLUSION, PASSED, "inclusion-one", index=proof.leaf_index)
    findings.conclude(ORIGIN, PASSED, "origin-all", origin=origin)
    if record.disclosures:
        findings.conclude(DISCLOSURES, PASSED, "disclosures-all", count=len(record.disclosures))
    else:
        findings.conclude(DISCLOSURES, ABSENT, "disclosures-absent")
    findings.about |= {"subjects": list(opened.subjects), "user": opened.user, "dossier": opened.dossier}
    return findings


def _authorship(findings: Findings, policy: str, note: str) -> TimeBounds:
    try:
        trust = Trust(parse_policy(policy), is_pinned=True)
    except PolicyError as error:
        findings.fail(CHECKPOINT, "policy-unreadable", why=str(error))
        return TimeBounds([])
    confirmed = check_authorship(findings, trust=trust, note=note)
    witnessed = [] if confirmed is None else witnessed_of(confirmed)
    if witnessed:
        findings.conclude(TIMES, PASSED, "times-bounded", count=len(witnessed))
    else:
        findings.conclude(TIMES, UNPROVEN, "times-unbounded")
    return TimeBounds(witnessed)
