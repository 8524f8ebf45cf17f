"""The timestamps (RFC 3161) that a bundle carries: over which checkpoint each is. Pure.

Who signed a token is not checked here, which takes X.509; the sentence says how OpenSSL does it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.ledger.notes import NoteError, parse
from compliance.ledger.timestamps.der import DerError, whole
from compliance.ledger.timestamps.signed_data import signed_data
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError
from compliance.reporting.evidence.verifier.verdict import ABSENT, TIMESTAMPS, UNPROVEN

if TYPE_CHECKING:
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.verdict import Findings

_SHA256 = bytes.fromhex("608648016503040201")
_IMPRINT, _GENERATED = 2, 4


class TokenUnreadableError(ValueError):
    """A token that is not one, or not over a SHA-256."""


def read_token(token: bytes) -> tuple[bytes, str]:
    """Return what a token is over (SHA-256) and the time it tells. Raises :class:`TokenUnreadableError`."""
    try:
        parts = whole(signed_data(token).tst_info).inside(least=_GENERATED + 1)
        algorithm, hashed = parts[_IMPRINT].inside(least=2)
        if algorithm.inside(least=1)[0].content != _SHA256:
            raise TokenUnreadableError
        return hashed.content, parts[_GENERATED].content.decode("ascii")
    except (DerError, ValueError) as error:
        raise TokenUnreadableError from error


def check_tokens(findings: Findings, *, bag: Bag, declaration: Declaration) -> None:
    """Check that every token is over the text of the checkpoint that it stands with."""
    for size, file in declaration.timestamps:
        path = "checkpoint" if size == declaration.size else f"checkpoints/{size}"
        try:
            text = parse(bag.text(LEDGER + path)).text
            imprint, _ = read_token(bag.read(LEDGER + file))
        except (BagError, NoteError, TokenUnreadableError):
            findings.fail(TIMESTAMPS, "tokens-broken", file=file)
            continue
        if imprint != sha256(text.encode()).digest():
            findings.fail(TIMESTAMPS, "tokens-broken", file=file)
    if declaration.timestamps:
        findings.conclude(TIMESTAMPS, UNPROVEN, "tokens-unchecked", count=len(declaration.timestamps))
    else:
        findings.conclude(TIMESTAMPS, ABSENT, "tokens-absent")
