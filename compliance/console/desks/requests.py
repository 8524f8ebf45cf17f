"""The requests, as both doors list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.request_queue import present_queue
from compliance.console.reader import reader_of
from compliance.console.request_queue import RequestFilter, queue, visible_requests
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def show_requests(request: HttpRequest, *, door: Door) -> HttpResponse:
    """List what the reader may see, by whose turn it is."""
    account, names = reader_of(request), Names()
    visible = visible_requests(account)
    partners = list(visible.order_by("organisation__code").values_list("organisation__code", flat=True).distinct())
    narrowed = RequestFilter(request.GET, names=names, partners=partners)
    groups = present_queue(queue(narrowed.narrow(visible), account), account, at=now(), names=names, door=door)
    return page(request, "pages/request-queue.html", groups=groups, filter=narrowed, address=door.address("requests"))
