"""The documents of own requests, and the policies of own authorisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.protocols import show_policy, show_protocol_pdf
from compliance.console.screen import screen
from compliance.portal.own import own_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_REQUESTS)
def request_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the document of an own request, published or not."""
    return show_protocol_pdf(request, code=code)


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def policy(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand out the policy of a version that names the own organisation."""
    return show_policy(code=code, number=number, party=own_code(request))
