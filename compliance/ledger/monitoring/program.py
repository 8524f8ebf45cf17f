"""The monitor as one file."""

from __future__ import annotations

from compliance.ledger.standalone import assemble

_MODULES = (
    "compliance.ledger.proofs",
    "compliance.ledger.tiles",
    "compliance.ledger.ed25519",
    "compliance.ledger.notes",
    "compliance.ledger.checkpoint",
    "compliance.ledger.policy",
    "compliance.ledger.monitoring.published_log",
    "compliance.ledger.monitoring.remembered",
    "compliance.ledger.monitoring.look",
    "compliance.ledger.monitoring.monitor_program",
)


def monitor_program() -> str:
    """Return the text of the program."""
    return assemble(_MODULES, "main")
