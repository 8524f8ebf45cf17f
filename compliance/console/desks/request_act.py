"""Acts on a request: a form that is asked again where it must be, one verb, and a page that says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect

from compliance.authorisations.requests.begin_successor import begin_successor
from compliance.authorisations.requests.four_eyes import FourEyesError
from compliance.authorisations.requests.move import require
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.possible import possible_acts
from compliance.authorisations.requests.vocabulary import RequestKind, Section
from compliance.authorisations.requests.write_message import write_message
from compliance.console.desks.request import request_at_desk, show_request
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.request_answer import present_question, present_refusal
from compliance.console.reader import reader_of
from compliance.console.request_acts import DESK_ACTS, asks_again
from compliance.console.request_forms.message import MessageForm
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.request_acts import DeskAct
    from compliance.console.request_forms.fields import ActForm
    from compliance.kernel.errors import ComplianceError

CONFIRM, BACK = "confirm", "back"
SUCCESSORS = {"renew": RequestKind.RENEWAL, "amend": RequestKind.AMENDMENT}


def act_on_request(request: HttpRequest, *, code: str, slug: str, door: Door) -> HttpResponse:
    """Do what a form asks; who comes to the address without one goes to the request."""
    account, act = reader_of(request), DESK_ACTS.get(slug)
    found = request_for(account, code)
    if act is None:
        raise NotFoundError
    address = door.address("request", code)
    if request.method != "POST":
        return redirect(f"{address}#act-{slug}")
    form = act.form(request.POST, auto_id=f"{slug}-%s")
    form.offer(found)
    step = request.POST.get("step", "")
    is_valid = form.is_valid()
    try:
        require(found, act=act.act, account=account)
        if not is_valid or step == BACK:
            return show_request(request, code=code, door=door, bound=form)
        if asks_again(act, form) and step != CONFIRM:
            question = present_question(found, act, form, names=Names(), door=door)
            return page(request, "pages/request-confirm.html", question=question)
        act.verb(found, account, form)
    except InvalidInputError as error:
        _tell(form, error)
        return show_request(request, code=code, door=door, bound=form)
    except (ConflictError, FourEyesError) as error:
        if not _was_done(found, act, account, form):
            return _refused(request, found, act, form, error, door)
    return redirect(f"{address}?done={slug}")


def _tell(form: ActForm, error: InvalidInputError) -> None:
    """Put each error beside the field that it is about, or above the form."""
    for one in error.errors:
        name = one.pointer.rpartition("/")[2]
        form.add_error(name if name in form.fields else None, one.detail)


def _was_done(found: AuthorisationRequest, act: DeskAct, account: Account, form: ActForm) -> bool:
    """Tell whether this person did just this after the page was made: a double click."""
    seen = form.cleaned_data.get("seen") or 0
    return found.requestevents.filter(pk__gt=seen, by=account.username, act=act.act).exists()


def _refused(
    request: HttpRequest, found: AuthorisationRequest, act: DeskAct, form: ActForm, error: ComplianceError, door: Door
) -> HttpResponse:
    possible = possible_acts(request_at_desk(reader_of(request), found.code), reader_of(request))
    still_offered = any(one.act is act.act and one.hindrance is None for one in possible)
    refusal = present_refusal(error, form, still_offered=still_offered)
    return show_request(request, code=found.code, door=door, bound=form, refusal=refusal, status=error.status)


def write_about_request(request: HttpRequest, *, code: str, door: Door) -> HttpResponse:
    """Write in a thread; come back to where it stands."""
    account = reader_of(request)
    found = request_for(account, code)
    form = MessageForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    section = given.get("section") or request.POST.get("section", "")
    name = f"answer-{form['answers'].value()}" if form["answers"].value() else f"message-{section or 'whole'}"
    form.auto_id = f"{name}-%s"
    if not given:
        return show_request(request, code=code, door=door, bound_message=form)
    answers = None
    if given["answers"]:
        answers = found.requestmessages.filter(pk=given["answers"]).first()
        if answers is None:
            raise NotFoundError
    try:
        written = write_message(
            request=found,
            account=account,
            section=Section(section) if section else None,
            message=given["message"],
            is_question=given["is_question"],
            answers=answers,
        )
    except InvalidInputError as error:
        _tell_message(form, error)
        return show_request(request, code=code, door=door, bound_message=form)
    return redirect(f"{door.address('request', code)}#thread-{written.section or 'whole'}")


def _tell_message(form: MessageForm, error: InvalidInputError) -> None:
    for one in error.errors:
        form.add_error("message", one.detail)


def succeed_request(request: HttpRequest, *, code: str, slug: str, door: Door) -> HttpResponse:
    """Begin a renewal or an amendment, and go on writing it."""
    found = request_for(reader_of(request), code)
    kind = SUCCESSORS.get(slug)
    if kind is None:
        raise NotFoundError
    draft = begin_successor(request=found, account=reader_of(request), kind=kind)
    return redirect(door.address("request-section", draft.code, Section.PARTIES.value))
