"""Questions of the privacy officer to the own organisation, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.cases.questions.answer import answer
from compliance.cases.questions.assign import assign, colleagues_for
from compliance.cases.questions.hand_in import hand_in
from compliance.cases.questions.parties import question_for
from compliance.cases.questions.remove_document import remove_document
from compliance.cases.questions.save_drafts import save_drafts
from compliance.cases.questions.take_back import take_back
from compliance.console.desks.questions import send_document, show_questions
from compliance.console.question_forms import refuse
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.errors import InvalidInputError
from compliance.portal.answers_page import answers_form, saved, show_question
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion

SEND = {"send": answer, "hand-in": hand_in}


@require_safe
@screen(Capability.SEE_OWN_QUESTIONS)
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions that the reader may see."""
    return show_questions(request, door=PORTAL)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_QUESTIONS)
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Show one question; save what was written, and send it when that was pressed. Nothing typed is ever lost."""
    account = reader_of(request)
    found = question_for(account, code)
    if request.method != "POST":
        return show_question(request, found)
    form = answers_form(found, request.POST)
    step = request.POST.get("step", "")
    if not form.is_valid():
        return show_question(request, found, form=form)
    try:
        save_drafts(question=found, account=account, drafts=form.drafts(fill=step == "fill"))
        if step in SEND:
            SEND[step](question=found, account=account)
    except InvalidInputError as error:
        refuse(form, error)
        return show_question(request, found, form=form)
    if request.headers.get("HX-Request"):
        return saved(request)
    return redirect(_next(found, account, step))


@require_POST
@screen(Capability.SEE_OWN_QUESTIONS, Capability.ANSWER_QUESTIONS)
def assigned(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a colleague to draft the answers, or take that back where nobody is named."""
    account = reader_of(request)
    found = question_for(account, code)
    named = request.POST.get("colleague", "")
    if named:
        assign(question=found, account=account, colleague=_colleague(found, account, named))
    else:
        take_back(question=found, account=account)
    return redirect("portal-question", code)


@require_safe
@screen(Capability.SEE_OWN_QUESTIONS)
def document(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand a document out."""
    return send_document(request, code=code, number=number)


def _next(question: PartnerQuestion, account: Account, step: str) -> str:
    """Return where one goes after saving; a document that was to be removed is."""
    verb, _hyphen, number = step.partition("-")
    if verb == "attach" and number.isdecimal():
        return PORTAL.address("question-attach", question.code, int(number))
    here = PORTAL.address("question", question.code)
    if verb == "remove" and number.isdecimal():
        removed = remove_document(question=question, account=account, document_id=int(number))
        return f"{here}#exchange-{removed.asked.position}"
    return f"{here}?done={step or 'save'}"


def _colleague(question: PartnerQuestion, account: Account, named: str) -> Account:
    """Return the colleague by name; the asker, whom the verb refuses, where there is none of that name."""
    return colleagues_for(question, account).filter(username=named).first() or account
