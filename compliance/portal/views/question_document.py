"""A document with one of the own answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.cases.questions.attach import attach
from compliance.cases.questions.move import NotNowError, drafts_now
from compliance.cases.questions.parties import question_for
from compliance.console.document_form import DocumentForm
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.documents.refused import DocumentRefusedError
from compliance.kernel.errors import NotFoundError, UnavailableError
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_QUESTIONS)
def attached(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """Ask for a document and keep it with the draft about one exchange; what is refused is said beside the field."""
    account = reader_of(request)
    question = question_for(account, code)
    if not question.exchanges.filter(position=position).exists():
        raise NotFoundError
    if not drafts_now(account, question):
        raise NotNowError
    back = f"{PORTAL.address('question', code)}#exchange-{position}"
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["document"]
        try:
            attach(question=question, account=account, position=position, name=given.name, content=given.read())
        except (DocumentRefusedError, UnavailableError) as error:
            form.add_error("document", [one.detail for one in error.errors] or error.detail)
            status = HTTPStatus(error.status)
        else:
            return redirect(back)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {"code": code, "position": position, "back": back, "address": request.path}
    return page(request, "pages/own-question-document.html", status=status, form=form, attach=shown)
