"""Findings, also those under the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.cases.finding_list import FindingFilter, finding_page
from compliance.console.cases.queue import page_in
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.cases.finding_list import present_finding_list
from compliance.console.presenters.names import Names
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CASES)
def findings(request: HttpRequest) -> HttpResponse:
    """Search findings."""
    names = Names()
    narrowed = FindingFilter(request.GET, names=names)
    found = finding_page(narrowed, page=page_in(request.GET))
    shown = present_finding_list(found, narrowed, names=names, door=CONSOLE)
    return page(request, "pages/findings.html", list=shown, filter=narrowed)
