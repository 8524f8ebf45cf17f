"""Documents of requests, for who looks after all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.request_attachments import send_attachment
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_ALL_REQUESTS)
def attachment(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand a document out."""
    return send_attachment(request, code=code, number=number)
