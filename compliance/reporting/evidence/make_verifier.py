"""The offline verifier as one file: the pure modules of the ledger and of this package, put together."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from compliance.ledger.standalone import assemble

_LEDGER = (
    "proofs",
    "tiles",
    "ed25519",
    "notes",
    "checkpoint",
    "policy",
    "timestamps.der",
    "timestamps.digests",
    "timestamps.curves",
    "timestamps.public_keys",
    "timestamps.signed_data",
    "timestamps.signer",
    "timestamps.certificates",
    "timestamps.pure",
)
_VERIFIER = (
    "selection",
    "record_line",
    "openings",
    "table",
    "verdict",
    "bag",
    "declaration",
    "tile_chain",
    "bounds",
    "authorship",
    "growth",
    "crew",
    "erased_openings",
    "erased",
    "proof_file",
    "tokens",
    "tally",
    "withheld",
    "stretch",
    "conclude",
    "verify_bundle",
    "verify_proof",
    "words_dutch",
    "words_english",
    "words_french",
    "tell",
    "program",
)


@lru_cache(maxsize=1)
def verifier_program() -> str:
    """Return the text of ``verify.py``."""
    modules = [f"compliance.ledger.{name}" for name in _LEDGER]
    modules += [f"compliance.reporting.evidence.verifier.{name}" for name in _VERIFIER]
    return assemble(modules, "main")


@lru_cache(maxsize=1)
def verifier_page() -> bytes:
    """Return ``verify.html``, the verifier that runs in a browser; nothing when it is not there."""
    page = Path(__file__).with_name("verifier") / "verify.html"
    return page.read_bytes() if page.exists() else b""
