"""Questions to partners: all, one, and what an officer does about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from compliance.access.roles import Capability
from compliance.cases.questions.extend import extend
from compliance.cases.questions.parties import parties_of, question_for
from compliance.cases.questions.states import transition
from compliance.cases.questions.vocabulary import QuestionAct, QuestionState
from compliance.cases.questions.withdraw import withdraw
from compliance.console.desks.questions import send_document, show_questions
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.question import present_question
from compliance.console.question_forms import ExtendForm, WithdrawForm, refuse
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CASES)
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions."""
    return show_questions(request, door=CONSOLE)


@require_safe
@screen(Capability.SEE_CASES)
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Show one question."""
    return _show(request, code)


@require_POST
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def extended(request: HttpRequest, code: str) -> HttpResponse:
    """Give more time."""
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            extend(question=question_for(reader_of(request), code), account=reader_of(request), **form.cleaned_data)
        except InvalidInputError as error:
            refuse(form, error)
        else:
            return redirect("question", code)
    return _show(request, code, extending=form)


@require_POST
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def withdrawn(request: HttpRequest, code: str) -> HttpResponse:
    """Ask no longer."""
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw(question=question_for(reader_of(request), code), account=reader_of(request), **form.cleaned_data)
        except InvalidInputError as error:
            refuse(form, error)
        else:
            return redirect("question", code)
    return _show(request, code, withdrawing=form)


@require_safe
@screen(Capability.SEE_CASES)
def document(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand a document of an answer out."""
    return send_document(request, code=code, number=number)


def _show(
    request: HttpRequest, code: str, *, extending: forms.Form | None = None, withdrawing: forms.Form | None = None
) -> HttpResponse:
    account = reader_of(request)
    found = question_for(account, code)
    may = {
        act.name.lower()
        for act in QuestionAct
        if transition(act, QuestionState(found.state), parties_of(account, found)) is not None
    }
    record_act(
        actor=account.actor, kind=ActKind.EXCHANGES_LISTED, object_id=found.uid, details={"question": found.code}
    )
    return page(
        request,
        "pages/question.html",
        status=InvalidInputError.status if extending or withdrawing else HTTPStatus.OK,
        story=present_question(found, at=now(), names=Names(), door=CONSOLE),
        may_extend="extend" in may,
        may_ask_on=found.state == QuestionState.ANSWERED and account.may(Capability.DECIDE_CASES),
        extending=extending or ExtendForm(),
        withdrawing=withdrawing or WithdrawForm(),
    )
