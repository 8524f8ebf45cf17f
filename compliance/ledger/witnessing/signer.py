"""The signer: the log's own signature, by a process that remembers what it signed. Pure.

It never sees an entry. It can be made to sign a head of its logs, but never two that do not extend
each other, whatever the database says, and that is what its memory is for.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.witnessing.answer import (
    BAD_REQUEST,
    FORBIDDEN,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    UNPROVEN,
    Answer,
    RefusalError,
)
from compliance.ledger.witnessing.request import RequestError, parse_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.ledger.witnessing.keys import SigningKey
    from compliance.ledger.witnessing.notary import Notary

_LOG = logging.getLogger("kbi_audit.signer")


class Signer:
    """Signs the heads of the logs that its keys are named after; several keys of a name sign together."""

    def __init__(self, notary: Notary, keys: Sequence[SigningKey]) -> None:
        """Take the keys."""
        self._notary = notary
        self._keys = keys

    def __call__(self, method: str, target: str, body: bytes) -> Answer:
        """Answer an HTTP request."""
        address = urlsplit(target)
        match method, address.path:
            case "POST", "/add-checkpoint":
                return self.add_checkpoint(body)
            case "GET", "/last":
                return self.last(parse_qs(address.query).get("origin", [""])[0])
            case _:
                raise RefusalError(NOT_FOUND, "There is nothing here.")

    def add_checkpoint(self, body: bytes) -> Answer:
        """Sign the head of a log. Raises :class:`RefusalError`."""
        try:
            request = parse_request(body)
            checkpoint = parse_checkpoint(request.checkpoint)
        except (RequestError, CheckpointError) as error:
            raise RefusalError(BAD_REQUEST, str(error)) from error
        if checkpoint.extensions:
            raise RefusalError(FORBIDDEN, "A head with extension lines is not signed: nobody could check them.")
        try:
            lines = self._notary.sign_next(
                checkpoint, old=request.old, proof=request.proof, keys=self._keys_of(checkpoint.origin)
            )
        except RefusalError as refusal:
            if refusal.answer.status == UNPROVEN:
                _LOG.critical("fork_refused origin=%s size=%d old=%d", checkpoint.origin, checkpoint.size, request.old)
            raise
        _LOG.info("head_signed origin=%s size=%d", checkpoint.origin, checkpoint.size)
        return Answer(OK, lines)

    def last(self, origin: str) -> Answer:
        """Return the last head signed of a log, as a note; 204 when none was. Raises :class:`RefusalError`."""
        note = self._notary.sign_last(origin, keys=self._keys_of(origin))
        return Answer(NO_CONTENT, "") if note is None else Answer(OK, str(note))

    def _keys_of(self, origin: str) -> list[SigningKey]:
        keys = [key for key in self._keys if key.verifier.name == origin]
        if not keys:
            raise RefusalError(NOT_FOUND, "This signer has no key of that log.")
        return keys
