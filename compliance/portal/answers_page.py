"""The page on which a partner reads a question and writes its answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.questions.assign import colleagues_for
from compliance.cases.questions.move import drafts_now
from compliance.cases.questions.parties import parties_of
from compliance.cases.questions.states import transition
from compliance.cases.questions.vocabulary import QuestionAct, QuestionState
from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.presenters.names import Names
from compliance.console.presenters.question import present_question
from compliance.console.reader import reader_of
from compliance.documents import store
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.portal.answers_form import AnswersForm
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from compliance.cases.questions.models import PartnerQuestion


def answers_form(question: PartnerQuestion, body: QueryDict | None = None) -> AnswersForm:
    """Return the form of the answers with what was drafted. One query."""
    return AnswersForm(body, asked=list(question.exchanges.select_related("draft")))


def show_question(request: HttpRequest, question: PartnerQuestion, *, form: AnswersForm | None = None) -> HttpResponse:
    """Record the look, and show the question with what the reader may do now."""
    account, at = reader_of(request), now()
    record_act(
        actor=account.actor,
        kind=ActKind.EXCHANGES_LISTED,
        object_id=question.uid,
        details={"question": question.code},
    )
    parties, state = parties_of(account, question), QuestionState(question.state)
    may = {act.name.lower() for act in QuestionAct if transition(act, state, parties) is not None}
    story = present_question(question, at=at, names=Names(), door=PORTAL)
    writes = drafts_now(account, question)
    bound = form or answers_form(question)
    return page(
        request,
        "pages/own-question.html",
        status=InvalidInputError.status if form else HTTPStatus.OK,
        story=story,
        form=bound if writes else None,
        lines=[(line, *bound.of(line.asked.number)) for line in story.lines] if writes else [],
        may=may,
        may_reveal=account.may(Capability.REVEAL_IDENTITIES),
        may_attach=store.can_keep(),
        colleagues=colleagues_for(question, account) if "assign" in may else (),
        done=_done(request.GET.get("done", "")),
    )


def saved(_request: HttpRequest) -> HttpResponse:
    """Say that what was typed is saved, and when."""
    return HttpResponse(_("Saved at %(time)s.") % {"time": words.time(now())})


def _done(step: str) -> str:
    """Say what came of it."""
    told = {
        "save": _("Saved. Nothing was sent yet."),
        "fill": _("Filled in where nothing stood yet. Nothing was sent yet."),
        "hand-in": _("Handed in. Your data protection officer reads the answers and sends them."),
        "send": _("Your answers were sent. They stay with the exchanges, and you can read them here."),
    }
    return told.get(step, "")
