"""What a signer or a witness says: an HTTP status and a short text. Pure."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = "text/plain; charset=utf-8"
TREE_SIZE = "text/x.tlog.size"

OK = 200
NO_CONTENT = 204
BAD_REQUEST = 400
FORBIDDEN = 403
NOT_FOUND = 404
CONFLICT = 409
UNPROVEN = 422
FAILED = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a text, and what kind of text."""

    status: int
    text: str
    content_type: str = TEXT


class RefusalError(Exception):
    """A request that is not granted; it carries the answer."""

    def __init__(self, status: int, text: str, content_type: str = TEXT) -> None:
        """Keep the answer."""
        super().__init__(text)
        self.answer = Answer(status, f"{text}\n", content_type)
