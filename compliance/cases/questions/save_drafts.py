"""Save what the partner writes, as it writes: nothing is sent by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.cases.questions.models import AnswerDraft
from compliance.cases.questions.move import locked_for_drafting
from compliance.cases.questions.said import LONGEST
from compliance.cases.questions.vocabulary import AnswerReason
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


class Drafted(NamedTuple):
    """What is written so far about one exchange: a reason or none yet, and words."""

    reason: str
    text: str


@transaction.atomic
def save_drafts(*, question: PartnerQuestion, account: Account, drafts: Mapping[int, Drafted]) -> list[AnswerDraft]:
    """Keep the drafts, by the position of the exchange in the question; return them. One transaction.

    Half an answer is kept as it is: what it lacks is said when it is sent. Raises :class:`InvalidInputError` for a
    reason that is not in the list, a position that is not there, or more words than can be sent.
    """
    present, at = locked_for_drafting(account, question), now()
    asked = {one.position: one for one in present.exchanges.all()}
    kept = []
    for position, draft in drafts.items():
        _check(position, draft, known=position in asked)
        given = {"reason": draft.reason, "text": draft.text, "at": at, "by": account.username}
        row, is_new = AnswerDraft.objects.get_or_create(asked=asked[position], defaults=given)
        if not is_new and (row.reason, row.text) != (draft.reason, draft.text):
            row.reason, row.text, row.at, row.by = draft.reason, draft.text, at, account.username
            row.save()
        kept.append(row)
    return kept


def _check(position: int, draft: Drafted, *, known: bool) -> None:
    if not known or (draft.reason and draft.reason not in AnswerReason.values):
        detail = _("Choose a reason of the list.")
        raise InvalidInputError(errors=(FieldError(f"/reason-{position}", detail, "unknown"),))
    if len(draft.text) > LONGEST:
        detail = _("Use at most %(count)s characters, or add a document.") % {"count": LONGEST}
        raise InvalidInputError(errors=(FieldError(f"/text-{position}", detail, "too-long"),))
