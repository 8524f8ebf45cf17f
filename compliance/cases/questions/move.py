"""Move a question: the one way in which something is done about it, for people and for the clock."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.cases.questions.models import PartnerQuestion, QuestionStep
from compliance.cases.questions.parties import parties_of, question_for
from compliance.cases.questions.states import DRAFTING, ever, transition
from compliance.cases.questions.vocabulary import OPEN_STATES, QuestionAct, QuestionParty, QuestionState
from compliance.kernel.errors import ConflictError, ForbiddenError
from compliance.notices.webhooks.announce import announce
from compliance.notices.webhooks.vocabulary import WebhookEvent
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.kernel.actor import Actor

EVENTS = {
    QuestionAct.ASK: WebhookEvent.QUESTION_ASKED,
    QuestionAct.ANSWER: WebhookEvent.QUESTION_ANSWERED,
    QuestionAct.ESCALATE: WebhookEvent.QUESTION_LATE,
}
"""Steps of which other systems are told."""


class NotNowError(ConflictError):
    """The state of the question does not allow this."""

    problem_type = "question-not-in-that-state"
    title = "This cannot be done with the question as it stands now. Look at it again: somebody may have moved it."


def locked(question: PartnerQuestion) -> PartnerQuestion:
    """Return the question as it is now, and let nobody else move it until the caller's transaction ends."""
    rows = PartnerQuestion.objects.select_for_update(of=("self",))
    row: PartnerQuestion = rows.select_related("organisation", "case", "asked_by", "drafter").get(pk=question.pk)
    return row


def locked_for(account: Account, question: PartnerQuestion, act: QuestionAct) -> PartnerQuestion:
    """Return the locked question, when this person may do this with it now.

    Raises :class:`NotFoundError` for a stranger, :class:`ForbiddenError` for somebody who never may, and
    :class:`NotNowError` for the wrong moment.
    """
    present = locked(question_for(account, question.code))
    parties = parties_of(account, present)
    if transition(act, QuestionState(present.state), parties) is None:
        raise NotNowError if ever(act, parties) else ForbiddenError
    return present


def locked_for_drafting(account: Account, question: PartnerQuestion) -> PartnerQuestion:
    """Return the locked question, when it is this person who writes the drafts now. Raises as the one above."""
    present = locked(question_for(account, question.code))
    parties = parties_of(account, present)
    if not parties & set(DRAFTING.values()):
        raise ForbiddenError
    if not drafts_now(account, present):
        raise NotNowError
    return present


def drafts_now(account: Account, question: PartnerQuestion) -> bool:
    """Tell whether it is this person who writes the drafts now."""
    state = QuestionState(question.state)
    return state in OPEN_STATES and DRAFTING[state] in parties_of(account, question)


def step(
    question: PartnerQuestion,
    *,
    act: QuestionAct,
    actor: Actor,
    at: datetime,
    remark: str = "",
    details: Mapping[str, str] | None = None,
) -> QuestionStep:
    """Write one step of a locked question: state, step, and entry in the ledger. In the caller's transaction.

    The entry names the digest of what was said, never the words. Whatever else changed in ``question`` is saved.
    """
    before = "" if act is QuestionAct.ASK else question.state
    target = _target(act, question)
    entry = record_act(
        actor=actor,
        kind=ActKind(f"question:{act.value}"),
        object_id=question.uid,
        details={
            "question": question.code,
            "organisation": question.organisation.code,
            "from": before,
            "to": target.value,
            "due": question.due_at.isoformat(),
            "remark_sha256": sha256(remark.encode()).hexdigest() if remark else "",
            **(details or {}),
        },
    )
    if before != target:
        question.state, question.state_since = target, at
    question.save()
    event = EVENTS.get(act)
    if event is not None:
        announce(event, at=at, code=question.code, address=reverse("question", args=[question.code]))
    return QuestionStep.objects.create(
        question=question,
        at=at,
        by=actor.name,
        organisation=actor.organisation,
        act=act,
        from_state=before,
        to_state=target,
        due_at=question.due_at,
        remark=remark,
        entry=entry,
    )


def _target(act: QuestionAct, question: PartnerQuestion) -> QuestionState:
    """Return where an act leads. Raises :class:`ValueError` for a way that the table does not know: our mistake."""
    if act is QuestionAct.ASK:
        return QuestionState.OPEN
    row = transition(act, QuestionState(question.state), QuestionParty)
    if row is None:
        message = f"no row of the table leads from {question.state} by {act.value}"
        raise ValueError(message)
    return row.target or QuestionState(question.state)
