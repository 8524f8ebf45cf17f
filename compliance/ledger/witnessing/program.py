"""The witness as one file."""

from __future__ import annotations

from compliance.ledger.standalone import assemble

_MODULES = (
    "compliance.ledger.proofs",
    "compliance.ledger.ed25519",
    "compliance.ledger.notes",
    "compliance.ledger.checkpoint",
    "compliance.ledger.policy",
    "compliance.ledger.witnessing.answer",
    "compliance.ledger.witnessing.request",
    "compliance.ledger.witnessing.growth",
    "compliance.ledger.witnessing.keys",
    "compliance.ledger.witnessing.memory",
    "compliance.ledger.witnessing.notary",
    "compliance.ledger.witnessing.witness",
    "compliance.ledger.witnessing.serve",
    "compliance.ledger.witnessing.listen",
    "compliance.ledger.witnessing.witness_program",
)


def witness_program() -> str:
    """Return the text of the program."""
    return assemble(_MODULES, "main")
