"""The family of errors that the service shows to its callers.

Each error carries its RFC 9457 problem type, HTTP status and a sentence; the API renders them,
commands print them, and none of them ever holds a person's number.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: where (RFC 6901 pointer), what, and what to do about it."""

    pointer: str
    detail: str
    code: str = "invalid"


_TOLD = 3


class ComplianceError(Exception):
    """Root of the family."""

    problem_type = "internal"
    status = 500
    title = "The service could not do this."

    def __init__(self, detail: str = "", *, errors: tuple[FieldError, ...] = ()) -> None:
        """Keep the sentence for the caller and the errors per field."""
        self.detail = detail or self.title
        told = [self.detail, *(f"{error.pointer}: {error.detail}" for error in errors[:_TOLD])]
        super().__init__(" ".join(told))
        self.errors = errors


class InvalidInputError(ComplianceError):
    """What came in cannot be understood or is not allowed; nothing was kept."""

    problem_type = "invalid-input"
    status = 422
    title = "The input has errors; nothing was recorded."


class MalformedInputError(InvalidInputError):
    """What came in is not even the format that it says it is."""

    problem_type = "malformed-input"
    status = 400
    title = "The input is not well-formed; nothing was recorded."


class ConflictError(ComplianceError):
    """The same key was used before with another content."""

    problem_type = "conflicting-content"
    status = 409
    title = "This reference was used before with another content."


class TooLargeError(ComplianceError):
    """More bytes than are accepted."""

    problem_type = "too-large"
    status = 413
    title = "The input is larger than accepted."


class ForbiddenError(ComplianceError):
    """The actor may not do this."""

    problem_type = "forbidden"
    status = 403
    title = "You may not do this."


class NotFoundError(ComplianceError):
    """There is nothing here that the actor may see."""

    problem_type = "not-found"
    status = 404
    title = "There is nothing here that you may see."


class UnavailableError(ComplianceError):
    """A part is full or away; it is safe to send the same again after ``retry_after`` seconds."""

    problem_type = "unavailable"
    status = 503
    title = "The service cannot do this now. Send it again: what was recorded is recognised."

    def __init__(self, detail: str = "", *, retry_after: int = 5) -> None:
        """Keep how many seconds the caller should wait."""
        super().__init__(detail)
        self.retry_after = retry_after


class AnonymousActError(ComplianceError):
    """An act without an actor: a mistake of ours, never of the caller."""

    problem_type = "anonymous-act"
    title = "Every act has an actor."
