"""The way of a question, walked at random: the verbs do what the table says, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.cases.questions.answer import answer
from compliance.cases.questions.assign import assign
from compliance.cases.questions.extend import extend
from compliance.cases.questions.hand_in import hand_in
from compliance.cases.questions.models import PartnerQuestion, QuestionExchange, QuestionStep
from compliance.cases.questions.move import NotNowError, drafts_now
from compliance.cases.questions.parties import parties_of
from compliance.cases.questions.states import DRAFTING, TABLE, transition
from compliance.cases.questions.take_back import take_back
from compliance.cases.questions.vocabulary import OPEN_STATES, QuestionAct, QuestionState
from compliance.cases.questions.withdraw import withdraw
from compliance.kernel.clock import BRUSSELS
from compliance.kernel.errors import ForbiddenError, NotFoundError
from compliance.oversight.models import Act
from compliance.registry.terms import end_of_term
from tests.cases.questions.asking import asked, drafted
from tests.console.exchanges import recorded_many

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

A = QuestionAct
PEOPLE = ("officer", "second-officer", "auditor", "vdab-dpo", "vdab-requester", "vmsw-requester", "nobody")
ACTS = (A.ASSIGN, A.TAKE_BACK, A.HAND_IN, A.ANSWER, A.EXTEND, A.WITHDRAW)


def verbs(cast: Cast) -> dict[QuestionAct, Callable[[PartnerQuestion, Account], object]]:
    reason = "Omdat de partner het vroeg."
    return {
        A.ASSIGN: lambda one, who: assign(question=one, account=who, colleague=cast["vdab-requester"]),
        A.TAKE_BACK: lambda one, who: take_back(question=one, account=who),
        A.HAND_IN: lambda one, who: hand_in(question=one, account=who),
        A.ANSWER: lambda one, who: answer(question=one, account=who),
        A.EXTEND: lambda one, who: extend(
            question=one,
            account=who,
            until=end_of_term(one.due_at, 1).astimezone(BRUSSELS).date(),
            reason=reason,
        ),
        A.WITHDRAW: lambda one, who: withdraw(question=one, account=who, reason=reason),
    }


def test_every_open_state_can_be_left_and_an_ended_one_cannot() -> None:
    for state in QuestionState:
        leads = {row.target for row in TABLE if state in row.sources} - {None, state}
        assert bool(leads) == (state in OPEN_STATES)


def test_in_every_open_state_just_one_side_drafts() -> None:
    assert set(DRAFTING) == set(OPEN_STATES)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(way=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE)), min_size=1, max_size=12))
def test_the_verbs_do_what_the_table_says(cast: Cast, way: list[tuple[QuestionAct, str]]) -> None:
    present = asked(cast, exchanges=(PartnerQuestion.objects.exists() and _same()) or recorded_many(1))
    for person in ("vdab-dpo",):
        drafted(present, cast[person])
    known, steps = verbs(cast), 1
    for act, username in way:
        account = cast[username]
        present = PartnerQuestion.objects.get(pk=present.pk)
        before = QuestionState(present.state)
        visible = PartnerQuestion.objects.visible_to(account).filter(pk=present.pk).exists()
        row = transition(act, before, parties_of(account, present)) if visible else None
        if row is None:
            with pytest.raises((NotFoundError, ForbiddenError, NotNowError)):
                known[act](present, account)
        else:
            known[act](present, account)
            steps += 1
        after = QuestionState(PartnerQuestion.objects.get(pk=present.pk).state)
        assert after == ((row.target or before) if row else before)
        assert QuestionStep.objects.filter(question=present).count() == steps
        assert Act.objects.filter(object_id=present.uid).count() == steps
        writers = [one for one in cast.values() if drafts_now(one, PartnerQuestion.objects.get(pk=present.pk))]
        assert len(writers) == (1 if after in OPEN_STATES else 0)


def _same() -> list[UUID]:
    """Return the exchange of an earlier example: the writer would take it for the same report."""
    return list(QuestionExchange.objects.values_list("exchange", flat=True).distinct())
