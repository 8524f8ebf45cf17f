"""Ask a partner about exchanges: of a case, of an earlier question, those that the address names, or of a list."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.cases.move import case_for
from compliance.cases.questions.ask import MOST, ask
from compliance.cases.questions.parties import question_for
from compliance.cases.questions.telling import telling_exchanges
from compliance.console.door import CONSOLE
from compliance.console.exchange_filter import ExchangeFilter
from compliance.console.exchange_page import page_at, position_in
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.question_ask import present_ask
from compliance.console.question_forms import AskForm, refuse
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.exchanges.models import Exchange
from compliance.kernel.errors import InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, QueryDict

    from compliance.cases.models import Case
    from compliance.cases.questions.models import PartnerQuestion


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def ask_partner(request: HttpRequest) -> HttpResponse:
    """Ask about the exchanges that the address names (``exchange``), those of a list, or those of ``follows``."""
    code = request.GET.get("follows", "")
    follows = question_for(reader_of(request), code) if code else None
    if follows is not None:
        offered = list(follows.exchanges.values_list("exchange", flat=True))
        _record(request, question=code)
        return ask_about(request, offered=offered, chosen=offered, follows=follows)
    named = _named(request.GET)
    if named:
        _record(request, exchanges=" ".join(str(one) for one in named))
        return ask_about(request, offered=named, chosen=named)
    narrowed = ExchangeFilter(request.GET, names=Names())
    _record(request, **narrowed.query())
    listed = page_at(narrowed.narrow(Exchange.objects.all()), position_in(request.GET))
    return ask_about(request, offered=[one.id for one in listed.exchanges], chosen=())


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def ask_from_case(request: HttpRequest, code: str) -> HttpResponse:
    """Ask about the exchanges of a case that tell most."""
    case = case_for(reader_of(request), code)
    telling = telling_exchanges(case)
    _record(request, case=code)
    return ask_about(request, offered=telling, chosen=telling, case=case)


def ask_about(
    request: HttpRequest,
    *,
    offered: Sequence[UUID],
    chosen: Sequence[UUID],
    case: Case | None = None,
    follows: PartnerQuestion | None = None,
) -> HttpResponse:
    """Ask about some of the offered exchanges; ``chosen`` are ticked beforehand."""
    if request.method == "POST":
        form = AskForm(request.POST, offered=offered)
        if form.is_valid():
            try:
                made = ask(account=reader_of(request), case=case, follows=follows, **form.cleaned_data)
            except InvalidInputError as error:
                refuse(form, error)
            else:
                return redirect("question", made.code)
        ticked = set(request.POST.getlist("exchanges"))
    else:
        form = AskForm(offered=offered)
        ticked = {str(one) for one in chosen}
    return page(
        request,
        "pages/question-ask.html",
        status=InvalidInputError.status if form.errors else HTTPStatus.OK,
        form=form,
        ask=present_ask(offered, ticked=ticked, follows=follows, names=Names(), door=CONSOLE),
        address=request.get_full_path(),
        days=settings.QUESTION_WORKING_DAYS,
        urgent_days=settings.QUESTION_URGENT_WORKING_DAYS,
    )


def _record(request: HttpRequest, **details: str) -> None:
    """Record the look at the exchanges that are offered."""
    record_act(actor=reader_of(request).actor, kind=ActKind.EXCHANGES_LISTED, details=details)


def _named(address: QueryDict) -> list[UUID]:
    found = []
    for text in address.getlist("exchange")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
