"""The timestamps (RFC 3161) that a bundle carries: over which checkpoint each is, and who signed it. Pure."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.ledger.notes import NoteError, parse
from compliance.ledger.timestamps.certificates import certificates_of_pem
from compliance.ledger.timestamps.der import DerError, whole
from compliance.ledger.timestamps.pure import TokenRefusedError, token_time
from compliance.ledger.timestamps.signed_data import signed_data
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError
from compliance.reporting.evidence.verifier.bounds import Witnessed, moment_text
from compliance.reporting.evidence.verifier.verdict import ABSENT, PASSED, TIMESTAMPS, UNPROVEN

if TYPE_CHECKING:
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.verdict import Findings

_IMPRINT = 2


def check_tokens(findings: Findings, *, bag: Bag, declaration: Declaration, authorities: str | None) -> list[Witnessed]:
    """Check every token against its checkpoint, and against the reader's authorities; return when those stamped."""
    if not declaration.timestamps:
        findings.conclude(TIMESTAMPS, ABSENT, "tokens-absent")
        return []
    try:
        pinned = None if authorities is None else certificates_of_pem(authorities)
    except ValueError:
        findings.fail(TIMESTAMPS, "authorities-unreadable")
        return []
    stamped = []
    for size, file in declaration.timestamps:
        path = "checkpoint" if size == declaration.size else f"checkpoints/{size}"
        try:
            digest = sha256(parse(bag.text(LEDGER + path)).text.encode()).digest()
            token = bag.read(LEDGER + file)
            if pinned is None:
                _check_imprint(token, digest)
            else:
                at = int(token_time(token, digest, pinned).timestamp())
                stamped.append(Witnessed(size, at, at))
        except (BagError, NoteError, DerError, TokenRefusedError) as error:
            findings.fail(TIMESTAMPS, "tokens-broken", file=file, why=str(error))
    if pinned is None:
        findings.conclude(TIMESTAMPS, UNPROVEN, "tokens-unchecked", count=len(declaration.timestamps))
    elif stamped:
        moment = moment_text(max(point.last for point in stamped))
        findings.conclude(TIMESTAMPS, PASSED, "tokens-hold", count=len(stamped), moment=moment)
    return stamped


def _check_imprint(token: bytes, digest: bytes) -> None:
    """Check what a token is over, when nobody said whom to believe. Raises :class:`TokenRefusedError`."""
    imprint = whole(signed_data(token).tst_info).inside(_IMPRINT + 1)[_IMPRINT].inside(2)[1]
    if imprint.content != digest:
        message = "it is over another digest"
        raise TokenRefusedError(message)
