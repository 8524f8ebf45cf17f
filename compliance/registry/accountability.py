"""Every act on the register has somebody who did it and a reason why."""

from __future__ import annotations

from compliance.kernel.actor import Actor, ActorKind
from compliance.kernel.errors import AnonymousActError, FieldError, InvalidInputError


class MissingReasonError(InvalidInputError):
    """A change of the register without a reason."""

    problem_type = "missing-reason"
    title = "Every change of the register has a reason."


def signature(actor: Actor | None) -> str:
    """Return how an actor signs: a person by account name, a system as ``system:name`` (no account has a colon)."""
    if actor is None:
        raise AnonymousActError
    return actor.name if actor.kind is ActorKind.PERSON else f"system:{actor.name}"


def stated(reason: str) -> str:
    """Return the reason without white space around it; refuse an empty one."""
    if not (kept := reason.strip()):
        raise MissingReasonError(errors=(FieldError("/reason", MissingReasonError.title, "required"),))
    return kept
