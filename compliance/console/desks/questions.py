"""Questions to partners, as both doors show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.questions.models import AnswerDocument, PartnerQuestion
from compliance.cases.questions.parties import question_for
from compliance.console.document_file import document_file
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.question_list import present_questions
from compliance.console.reader import reader_of
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def show_questions(request: HttpRequest, *, door: Door) -> HttpResponse:
    """List what the reader may see."""
    visible = PartnerQuestion.objects.visible_to(reader_of(request))
    groups = present_questions(visible, at=now(), names=Names(), door=door)
    return page(request, "pages/questions.html", groups=groups, own=bool(door.prefix))


def send_document(request: HttpRequest, *, code: str, number: int) -> HttpResponse:
    """Hand a document of an answer out. Before it is sent, only the partner's people have it."""
    question = question_for(reader_of(request), code)
    found = AnswerDocument.objects.filter(asked__question=question, pk=number, removed_at=None).first()
    own = reader_of(request).organisation_id == question.organisation_id
    if found is None or not (own or hasattr(found.asked, "answer")):
        raise NotFoundError
    return document_file(digest=found.digest, owner=question.uid, name=found.name, media_type=found.media_type)
