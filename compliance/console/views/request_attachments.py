"""Documents of requests, for who looks after all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.request_attachments import add_attachment, remove, send_attachment
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_ALL_REQUESTS)
def attach(request: HttpRequest, code: str) -> HttpResponse:
    """Attach a document."""
    return add_attachment(request, code=code, door=CONSOLE, back=CONSOLE.address("request", code))


@require_safe
@screen(Capability.SEE_ALL_REQUESTS)
def attachment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand a document out."""
    return send_attachment(request, code=code, number=number)


@require_POST
@screen(Capability.SEE_ALL_REQUESTS)
def removed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Remove a document."""
    return remove(request, code=code, number=number, back=CONSOLE.address("request", code))
