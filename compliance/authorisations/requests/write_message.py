"""Write in the thread of a section: a remark, a question, or the answer to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.models import RequestMessage
from compliance.authorisations.requests.move import locked
from compliance.authorisations.requests.parties import parties_of, request_for
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.tell import tell_of_message
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.requests.vocabulary import Section


@transaction.atomic
def write_message(
    *,
    request: AuthorisationRequest,
    account: Account,
    section: Section | None,
    message: str,
    is_question: bool = False,
    answers: RequestMessage | None = None,
) -> RequestMessage:
    """Add a message to a request, without a section to the request as a whole. One transaction.

    The same words again, at once, are the same message. Everyone who takes part in the request reads it,
    and is told. Raises :class:`ForbiddenError` for who only looks on.
    """
    request = locked(request_for(account, request.code))
    if not parties_of(account, request):
        raise ForbiddenError
    if answers is not None and (answers.request_id != request.pk or not answers.is_question):
        told = "Answer a question of this request."
        raise InvalidInputError(errors=(FieldError("/answers", told, "not-a-question"),))
    said = stated(message, field="message")
    newest = request.requestmessages.order_by("-id").first()
    if newest and (newest.by, newest.message, newest.answers_id) == (
        account.username,
        said,
        answers.pk if answers else None,
    ):
        return newest
    written = RequestMessage.objects.create(
        request=request,
        at=now(),
        by=account.username,
        organisation=account.actor.organisation,
        section=answers.section if answers else section or "",
        message=said,
        is_question=is_question and answers is None,
        answers=answers,
    )
    record_act(
        actor=account.actor,
        kind=ActKind.REQUEST_DISCUSSED,
        object_id=request.uid,
        details={"request": request.code, "section": written.section, "message": str(written.pk)},
    )
    tell_of_message(written, writer=account)
    return written


def open_questions(request: AuthorisationRequest) -> list[RequestMessage]:
    """Return the questions that nobody answered yet, the oldest first. One query."""
    return list(request.requestmessages.filter(is_question=True, answered_by=None).order_by("id"))
