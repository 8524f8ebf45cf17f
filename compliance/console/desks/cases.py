"""The queue of cases, its news, and decisions on several at once. Reading it changes nothing, and is about nobody."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.decide import Judgement
from compliance.cases.decide_many import NotAllDecidedError, decide_many
from compliance.cases.vocabulary import Outcome
from compliance.console.cases.forms import BulkForm
from compliance.console.cases.pictures import small_pictures
from compliance.console.cases.queue import CaseFilter, page_in, partners_with_cases, read_queue, tab_in, visible_cases
from compliance.console.destination import safe_destination
from compliance.console.page import fragment, page
from compliance.console.presenters.cases.news import present_news
from compliance.console.presenters.cases.queue import decided_words, present_queue
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def show_queue(
    request: HttpRequest,
    *,
    door: Door,
    bulk: BulkForm | None = None,
    ticked: Collection[str] = (),
    refused: Sequence[tuple[str, str]] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Show a page of the queue, with the form that came back where there is one."""
    account, names, at = reader_of(request), Names(), now()
    address = _address(request)
    visible = visible_cases(account)
    narrowed = CaseFilter(address, names=names, partners=partners_with_cases(visible))
    queue = read_queue(
        visible,
        tab=tab_in(address),
        narrowed=narrowed,
        account=account,
        at=at,
        page=page_in(address),
    )
    pictures = small_pictures(queue.cases, at=at, names=names)
    presented = present_queue(queue, narrowed, account, at=at, names=names, door=door, pictures=pictures)
    may_decide = account.may(Capability.DECIDE_CASES)
    return page(
        request,
        "pages/cases.html",
        status=status,
        queue=presented,
        tab=queue.tab.value,
        filter=narrowed,
        bulk=(bulk or BulkForm(auto_id="bulk-%s")) if may_decide else None,
        ticked=ticked,
        refused=refused,
        done=decided_words(request.GET.get("decided", "")),
        news=present_news(new=0, address=presented.here),
        shortcuts=shortcuts(may_decide=may_decide),
    )


def _address(request: HttpRequest) -> QueryDict:
    """Return what the queue is narrowed to: of a form that comes back, as it was on the page of the form."""
    if request.method != "POST":
        return request.GET
    return QueryDict(urlsplit(safe_destination(request)).query)


def show_news(request: HttpRequest, *, door: Door) -> HttpResponse:
    """Tell how many cases came since the queue was read, and how far detection is; 304 when that is told already."""
    visible = visible_cases(reader_of(request))
    narrowed = CaseFilter(request.GET, names=Names(), partners=partners_with_cases(visible))
    after = request.GET.get("after", "0")
    newer = narrowed.narrow(visible).filter(id__gt=int(after) if after.isascii() and after.isdigit() else 0)
    address = door.address("cases", query={"tab": tab_in(request.GET).value, **narrowed.query})
    response = fragment(
        request, "components/case-news.html", news=present_news(new=newer.new().count(), address=address)
    )
    etag = quote_etag(sha256(response.content).hexdigest()[:16])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def decide_ticked(request: HttpRequest, *, door: Door) -> HttpResponse:
    """Decide what was ticked, all of it or nothing; what stands in the way is told, and nothing typed is lost."""
    account = reader_of(request)
    if not account.may(Capability.DECIDE_CASES):
        raise ForbiddenError
    ticked = request.POST.getlist("case")
    form = BulkForm(request.POST, auto_id="bulk-%s")
    is_valid = form.is_valid()
    cases = list(visible_cases(account).filter(code__in=ticked))
    if not cases:
        form.add_error(None, _("Tick at least one case."))
    if not is_valid or not cases:
        return show_queue(request, door=door, bulk=form, ticked=ticked, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    judgement = Judgement(outcome=Outcome(form.cleaned_data["outcome"]), reason=form.cleaned_data["reason"])
    try:
        made = decide_many(cases=cases, account=account, judgement=judgement)
    except NotAllDecidedError as error:
        told = [(one.pointer.rpartition("/")[2], one.detail) for one in error.errors]
        return show_queue(
            request, door=door, bulk=form, ticked=ticked, refused=told, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    address = safe_destination(request, default=door.address("cases"))
    return redirect(f"{address}{'&' if '?' in address else '?'}decided={len(made)}")


def shortcuts(*, may_decide: bool) -> tuple[tuple[str, str], ...]:
    """Return what one letter does in the queue."""
    moving = (("j", _("the next case")), ("k", _("the case before")), ("Enter", _("open the case")))
    if not may_decide:
        return moving
    return (
        *moving,
        ("a", _("assign the case to yourself")),
        ("d", _("decide the case")),
        ("q", _("ask the partner")),
        ("x", _("tick the case")),
    )
