"""Whether drafted answers can be sent: per exchange a reason of the list, with words or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.questions.said import stated
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from compliance.cases.questions.models import PartnerQuestion, QuestionExchange


def complete(question: PartnerQuestion) -> list[QuestionExchange]:
    """Return the exchanges with their drafts. Raises :class:`InvalidInputError` with all that is lacking, by field."""
    asked = list(question.exchanges.select_related("draft").prefetch_related("documents"))
    errors = [error for one in asked for error in _lacking(one)]
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    return asked


def _lacking(asked: QuestionExchange) -> list[FieldError]:
    draft, number = getattr(asked, "draft", None), asked.position
    if draft is None or not draft.reason:
        return [FieldError(f"/reason-{number}", _("Choose a reason."), "no-reason")]
    documented = any(document.removed_at is None for document in asked.documents.all())
    if documented and not draft.text.strip():
        return []
    try:
        stated(draft.text, field=f"text-{number}")
    except InvalidInputError as error:
        return list(error.errors)
    return []
