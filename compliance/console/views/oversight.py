"""Who looked at the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.act_page import ActFilter, act_page
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.act_list import present_act_list
from compliance.console.presenters.names import Names
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OVERSIGHT)
def oversight(request: HttpRequest) -> HttpResponse:
    """List acts, newest first."""
    narrowed = ActFilter(request.GET)
    shown = present_act_list(
        page=act_page(narrowed, request.GET.get("before", "")), narrowed=narrowed, names=Names(), door=CONSOLE
    )
    return page(request, "pages/oversight.html", list=shown, filter=narrowed)
