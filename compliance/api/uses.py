"""After the answer was sent, note which credential was used for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from compliance.access.note_use import note_use
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_NOTED = "credential_used"


def used(request: HttpRequest, credential: int) -> None:
    """Keep with the request by which credential it came in."""
    setattr(request, _NOTED, credential)


class NoteUse:
    """Notes it when the server closes the answer, which the client has by then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note the use afterwards."""
        response = self.get_response(request)
        credential = getattr(request, _NOTED, None)
        if credential is not None:
            response._resource_closers.append(partial(note_use, credential=credential, at=now()))  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own way to act on close
        return response
