"""Sign a head only when it extends the last one, and never before that is remembered. Pure.

What signer and witness have in common. Looking, deciding, remembering and signing happen one request
at a time: two requests that both extend the last head could otherwise sign a fork.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import parse_checkpoint
from compliance.ledger.ed25519 import sign
from compliance.ledger.notes import Note, parse_signatures, signature_line, signed_message
from compliance.ledger.witnessing.growth import check_growth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.ledger.checkpoint import Checkpoint
    from compliance.ledger.notes import Signature
    from compliance.ledger.witnessing.keys import SigningKey
    from compliance.ledger.witnessing.memory import Memory


class Notary:
    """A memory of heads, and the act of signing the next."""

    def __init__(
        self,
        memory: Memory,
        *,
        signing: Callable[[bytes, bytes], bytes] = sign,
        seconds: Callable[[], float] = time.time,
    ) -> None:
        """Sign with ``signing`` (seed, message); cosignatures carry the time in ``seconds`` since 1970."""
        self.memory = memory
        self._signing = signing
        self._seconds = seconds
        self._turn = threading.Lock()

    def sign_next(
        self,
        checkpoint: Checkpoint,
        *,
        old: int,
        proof: Sequence[bytes],
        keys: Sequence[SigningKey],
        signed_already: Sequence[Signature] = (),
    ) -> str:
        """Return a signature line of each key for a head that extends the last one of its log.

        ``signed_already`` are signatures to remember with it. Raises :class:`RefusalError` (nothing is
        signed), and ``OSError`` when it cannot be known whether the head is remembered: ask again.
        """
        with self._turn:
            note = self.memory.last(checkpoint.origin)
            last = None if note is None else parse_checkpoint(note.text)
            check_growth(last=last, old=old, proof=proof, new=checkpoint)
            lines = self._lines(checkpoint.text(), keys)
            signatures = (*signed_already, *parse_signatures(lines))
            self.memory.keep(checkpoint.origin, Note(checkpoint.text(), signatures))
            return lines

    def sign_last(self, origin: str, *, keys: Sequence[SigningKey]) -> Note | None:
        """Return the last head of a log, signed with these keys whichever signed it then; ``None``: none."""
        note = self.memory.last(origin)
        return None if note is None else Note(note.text, parse_signatures(self._lines(note.text, keys)))

    def _lines(self, text: str, keys: Sequence[SigningKey]) -> str:
        at = int(self._seconds())
        return "".join(
            signature_line(
                text,
                verifier=key.verifier,
                signature=self._signing(key.seed, signed_message(text, kind=key.verifier.kind, time=at)),
                time=at,
            )
            for key in keys
        )
