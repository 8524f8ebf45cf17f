"""The list of exchanges, as both doors show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.console.exchange_filter import ExchangeFilter
from compliance.console.exchange_page import page_at, position_in
from compliance.console.page import page
from compliance.console.presenters.exchange_list import present_exchange_list
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.exchanges.existing import corrected_by
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door
    from compliance.exchanges.queries import ExchangeQuerySet


def show_exchanges(request: HttpRequest, *, visible: ExchangeQuerySet, door: Door, locked_to: str = "") -> HttpResponse:
    """Record the look, and show a page of what is visible. ``locked_to`` is the partner that it is limited to."""
    names = Names()
    narrowed = ExchangeFilter(request.GET, names=names, locked_to=locked_to)
    record_act(actor=reader_of(request).actor, kind=ActKind.EXCHANGES_LISTED, details=narrowed.query())
    found = page_at(narrowed.narrow(visible), position_in(request.GET))
    corrected = corrected_by([one.id for one in found.exchanges])
    shown = present_exchange_list(page=found, narrowed=narrowed, corrected=corrected, names=names, door=door)
    may_ask = reader_of(request).may(Capability.DECIDE_CASES) and "partner" in narrowed.chosen and bool(found.exchanges)
    ask = f"{door.address('question-ask')}?{request.GET.urlencode()}" if may_ask else ""
    return page(request, "pages/exchanges.html", list=shown, filter=narrowed, door=door, ask=ask)
