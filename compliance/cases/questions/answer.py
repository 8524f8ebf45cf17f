"""Send the answers."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from compliance.cases.questions.case_follows import case_goes_on
from compliance.cases.questions.complete import complete
from compliance.cases.questions.models import AnswerDraft, ExchangeAnswer
from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def answer(*, question: PartnerQuestion, account: Account) -> PartnerQuestion:
    """Send the answers as they are drafted; they stay with the exchanges, and are never altered. One transaction.

    The case that waited goes on. Raises :class:`InvalidInputError` that says which answers lack what.
    """
    present, at = locked_for(account, question, QuestionAct.ANSWER), now()
    drafted = complete(present)
    answers = ExchangeAnswer.objects.bulk_create(
        ExchangeAnswer(
            asked=one,
            reason=one.draft.reason,
            text=one.draft.text.strip(),
            at=at,
            by=account.username,
            organisation=account.actor.organisation,
        )
        for one in drafted
    )
    AnswerDraft.objects.filter(asked__question=present).delete()
    told = [[str(one.asked.exchange), one.reason, one.text] for one in answers]
    made = step(
        present,
        act=QuestionAct.ANSWER,
        actor=account.actor,
        at=at,
        details={
            "answers_sha256": sha256(msgspec.json.encode(told)).hexdigest(),
            "documents": " ".join(
                document.digest for one in drafted for document in one.documents.all() if not document.removed_at
            ),
        },
    )
    tell_of_step(made)
    case_goes_on(present, account=account, at=at)
    return present
