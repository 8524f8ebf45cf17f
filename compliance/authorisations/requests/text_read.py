"""Whoever advises or decides does so on the text that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.content import content_digest
from compliance.kernel.errors import ConflictError

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest


class TextChangedError(ConflictError):
    """The text is another than the one that was read."""

    problem_type = "request-text-changed"
    title = "The request says something else than when you read it. Read what changed, and say it again."


def require_text(request: AuthorisationRequest, read: str | None) -> None:
    """Raise :class:`TextChangedError` when a locked request no longer says what was read (its content's digest)."""
    if read is not None and read != content_digest(request.said):
        raise TextChangedError
