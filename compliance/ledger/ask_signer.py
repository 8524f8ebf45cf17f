"""Ask the signer: for its last head of a log, and for its signature under the next."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from compliance.kernel.errors import ComplianceError, UnavailableError
from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint, parse_size
from compliance.ledger.logs import origin_of
from compliance.ledger.notes import Note, NoteError, parse, parse_signatures, signed_by
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.trusted import current_policy
from compliance.ledger.witnessing.answer import CONFLICT, NO_CONTENT, OK, UNPROVEN, Answer
from compliance.ledger.witnessing.client import NoAnswerError, ask
from compliance.ledger.witnessing.request import AddCheckpoint

_ATTEMPTS = 3


class SignerAwayError(UnavailableError):
    """The signer does not answer, or cannot sign now. What is sealed stays sealed and is signed later."""

    problem_type = "signer-away"
    title = "The signer does not answer. Heads are sealed meanwhile, and signed when it is back."


class SignerAheadError(ComplianceError):
    """The signer signed a larger head than the database holds: the database was restored, or another one signs."""

    problem_type = "signer-ahead"
    title = "The signer signed more of this log than the database holds. Was it restored? Run after_restore."


class ForkRefusedError(ComplianceError):
    """The signer refuses: what the database holds does not extend what was signed. Somebody changed history."""

    problem_type = "fork-refused"
    title = "The signer refuses this head: it does not extend the last head that it signed. History was changed."


class SignerNotTrustedError(ComplianceError):
    """What the signer answered is not a signature by a key that the policy has for this log."""

    problem_type = "signer-not-trusted"
    title = "The signer's signature is not by a key that the policy has for this log."


def signer_head(log: int) -> Checkpoint | None:
    """Return the last head that the signer signed of a log; ``None`` when it signed none, or there is no signer.

    Raises :class:`SignerAwayError` and :class:`SignerNotTrustedError`.
    """
    if settings.SIGNER_URL is None:
        return None
    origin = origin_of(log)
    answer = _ask("GET", f"/last?origin={quote(origin, safe='')}")
    if answer.status == NO_CONTENT:
        return None
    if answer.status != OK:
        raise SignerAwayError(_told(answer))
    try:
        note = _trusted(parse(answer.text), origin)
        checkpoint = parse_checkpoint(note.text)
    except (NoteError, CheckpointError) as error:
        raise SignerNotTrustedError from error
    if checkpoint.origin != origin:
        raise SignerNotTrustedError
    return checkpoint


def sign_head(*, log: int, size: int, root: bytes, old: int) -> Note:
    """Return a head as the signer signed it. ``old`` is the size that it is thought to have signed last.

    It knows better: what it signed without our hearing of it is its own last head, and the proof begins
    there. Raises :class:`SignerAwayError`, :class:`SignerAheadError`, :class:`ForkRefusedError` and
    :class:`SignerNotTrustedError`.
    """
    tree = tree_of(log, size)
    text = Checkpoint(origin_of(log), size, root).text()
    for _ in range(_ATTEMPTS):
        answer = _ask("POST", "/add-checkpoint", AddCheckpoint(old, tuple(tree.consistency(old)), text).body())
        match answer.status:
            case status if status == OK:
                try:
                    return _trusted(Note(text, parse_signatures(answer.text)), origin_of(log))
                except NoteError as error:
                    raise SignerNotTrustedError from error
            case status if status == CONFLICT:
                old = _size(answer)
                if old > size:
                    raise SignerAheadError
            case status if status == UNPROVEN:
                raise ForkRefusedError
            case _:
                raise SignerAwayError(_told(answer))
    message = "The signer signs for somebody else at the same time."
    raise SignerAwayError(message)


def _ask(method: str, path: str, body: bytes = b"") -> Answer:
    try:
        return ask(str(settings.SIGNER_URL), method, path, body)
    except NoAnswerError as error:
        raise SignerAwayError from error


def _trusted(note: Note, origin: str) -> Note:
    """Return the note with the log's signatures only; where there is a policy, one must be by a key in it."""
    own = Note(note.text, tuple(signature for signature in note.signatures if signature.name == origin))
    policy = current_policy()
    if not own.signatures or (policy is not None and not signed_by(own, policy.verifiers_of(origin))):
        raise SignerNotTrustedError
    return own


def _size(answer: Answer) -> int:
    try:
        return parse_size(answer.text.removesuffix("\n"))
    except CheckpointError as error:
        raise SignerAwayError(_told(answer)) from error


def _told(answer: Answer) -> str:
    return f"The signer answered {answer.status}: {answer.text.strip()[:200]}"
