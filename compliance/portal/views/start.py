"""The first page of a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.portal.own import own_code
from compliance.portal.presenters.start import present_start

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def start(request: HttpRequest) -> HttpResponse:
    """Show what needs attention in the own organisation."""
    return page(request, "pages/start-partner.html", start=present_start(reader_of(request), own_code(request)))
