"""A witness: cosigns heads of other people's logs that extend what it cosigned before (C2SP tlog-witness). Pure."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from compliance.ledger.notes import Note, NoteError, Signature, parse, signed_by
from compliance.ledger.witnessing.answer import (
    BAD_REQUEST,
    FORBIDDEN,
    NOT_FOUND,
    OK,
    UNPROVEN,
    Answer,
    RefusalError,
)
from compliance.ledger.witnessing.request import RequestError, parse_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.ledger.policy import Policy
    from compliance.ledger.witnessing.keys import SigningKey
    from compliance.ledger.witnessing.notary import Notary

_WITNESS_LOG = logging.getLogger("kbi_audit.witness")


class Watching:
    """A witness of the logs in its policy."""

    def __init__(self, notary: Notary, keys: Sequence[SigningKey], policy: Policy) -> None:
        """Cosign with all these keys."""
        self._notary = notary
        self._keys = keys
        self._policy = policy

    def __call__(self, method: str, target: str, body: bytes) -> Answer:
        """Answer an HTTP request."""
        match method, target.partition("?")[0].split("/")[1:]:
            case "POST", ["add-checkpoint"]:
                return self.add_checkpoint(body)
            case "GET", [origin_hash, "checkpoint"]:
                return self.checkpoint(origin_hash)
            case _:
                raise RefusalError(NOT_FOUND, "There is nothing here.")

    def add_checkpoint(self, body: bytes) -> Answer:
        """Cosign the head of a log. Raises :class:`RefusalError`."""
        try:
            request = parse_request(body)
            note = parse(request.checkpoint)
            checkpoint = parse_checkpoint(note.text)
        except (RequestError, NoteError, CheckpointError) as error:
            raise RefusalError(BAD_REQUEST, str(error)) from error
        by_log = self._signatures_of_log(checkpoint, note)
        try:
            lines = self._notary.sign_next(
                checkpoint, old=request.old, proof=request.proof, keys=self._keys, signed_already=by_log
            )
        except RefusalError as refusal:
            if refusal.answer.status == UNPROVEN:
                _WITNESS_LOG.critical(
                    "fork_refused origin=%s size=%d old=%d", checkpoint.origin, checkpoint.size, request.old
                )
                self._keep_refused(body)
            raise
        _WITNESS_LOG.info("head_cosigned origin=%s size=%d", checkpoint.origin, checkpoint.size)
        return Answer(OK, lines)

    def checkpoint(self, origin_hash: str) -> Answer:
        """Return the last head cosigned of a log, with its signatures. Raises :class:`RefusalError`."""
        note = self._notary.memory.last_by_hash(origin_hash)
        if note is None:
            raise RefusalError(NOT_FOUND, "No head of this log was cosigned here.")
        return Answer(OK, str(note))

    def _keep_refused(self, body: bytes) -> None:
        try:
            self._notary.memory.keep_refused(body)
        except OSError:
            # It is refused all the same; the line before this one says what was.
            _WITNESS_LOG.exception("evidence_not_kept")

    def _signatures_of_log(self, checkpoint: Checkpoint, note: Note) -> list[Signature]:
        verifiers = self._policy.verifiers_of(checkpoint.origin)
        if not verifiers:
            raise RefusalError(NOT_FOUND, "This witness does not watch that log.")
        try:
            signed = signed_by(note, verifiers)
        except NoteError as error:
            raise RefusalError(FORBIDDEN, str(error)) from error
        if not signed:
            raise RefusalError(FORBIDDEN, "No key of the log signed this checkpoint.")
        return [one.signature for one in signed]
