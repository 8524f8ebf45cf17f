"""Reviewers judge blind, once, and for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from compliance.cases.models import Case
from compliance.cases.samples.hand_over import hand_over
from compliance.cases.samples.models import SampleReview, SampleTurn
from compliance.cases.samples.results import results
from compliance.cases.samples.review import review
from compliance.cases.samples.vocabulary import Judgement
from compliance.cases.sentences import sentence_of
from compliance.cases.vocabulary import CaseKind
from compliance.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.cases.samples import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.cases.samples.models import SampleDraw

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def draw(cast: Mapping[str, Account]) -> SampleDraw:
    """Draw ten of twenty."""
    return drawing.drawn(20, wanted=10)


def _judge(turn: SampleTurn, judgement: Judgement = Judgement.JUSTIFIED, reason: str = "") -> SampleReview:
    return review(
        month=drawing.MONTH, number=turn.item.number, account=turn.reviewer, judgement=judgement, reason=reason
    )


def _turns(draw: SampleDraw) -> list[SampleTurn]:
    return list(SampleTurn.objects.filter(item__draw=draw).select_related("item", "reviewer").order_by("item", "turn"))


def test_a_review_is_an_entry_of_the_ledger(draw: SampleDraw) -> None:
    turn = _turns(draw)[0]
    made = _judge(turn, Judgement.UNJUSTIFIED, "No dossier of this person at VDAB.")
    act = Act.objects.get(kind=ActKind.SAMPLE_REVIEWED)
    assert act.id == made.act
    assert act.object_id == turn.item.exchange


def test_what_is_judged_stays(draw: SampleDraw) -> None:
    turn = _turns(draw)[0]
    made = _judge(turn)
    with pytest.raises(ConflictError):
        _judge(turn, Judgement.UNKNOWN, "On second thoughts")
    with pytest.raises(DatabaseError), transaction.atomic():
        SampleReview.objects.filter(pk=made.pk).update(judgement=Judgement.UNJUSTIFIED)


def test_nobody_judges_what_is_not_theirs(draw: SampleDraw, cast: Mapping[str, Account]) -> None:
    turn = next(turn for turn in _turns(draw) if not turn.item.doubled)
    other = cast["officer"] if turn.reviewer == cast["second-officer"] else cast["second-officer"]
    for account, refused in ((other, NotFoundError), (cast["auditor"], ForbiddenError)):
        with pytest.raises(refused):
            review(
                month=drawing.MONTH, number=turn.item.number, account=account, judgement=Judgement.JUSTIFIED, reason=""
            )


@pytest.mark.parametrize("reason", ["short", "Looked up 46419900128 at home"])
def test_a_judgement_against_says_why_and_not_whom(draw: SampleDraw, reason: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        _judge(_turns(draw)[0], Judgement.UNJUSTIFIED, reason)
    assert caught.value.errors[0].pointer == "/reason"


def test_the_results_tell_coverage_agreement_and_share(draw: SampleDraw) -> None:
    turns = _turns(draw)
    for turn in turns[:-1]:
        against = turn.item.doubled and turn.turn == 2
        _judge(turn, *((Judgement.UNJUSTIFIED, "There is no dossier of it") if against else (Judgement.JUSTIFIED,)))
    seen = results([draw])
    assert (seen.population, seen.drawn, seen.reviewed, seen.turns, seen.done) == (20, 10, 9, 12, 11)
    assert (seen.agreement.pairs, seen.agreement.same) == (2, 0)
    assert seen.estimate is not None
    assert seen.estimate.share == pytest.approx(2 / 9)
    assert seen.estimate.low < 2 / 9 < seen.estimate.high


def test_what_cannot_be_told_says_nothing_of_the_share(draw: SampleDraw) -> None:
    for turn in _turns(draw):
        _judge(turn, Judgement.UNKNOWN, "The record does not say why")
    seen = results([draw])
    assert (seen.reviewed, seen.unknown, seen.estimate) == (10, 10, None)


def test_what_one_leaves_another_takes_over(draw: SampleDraw, cast: Mapping[str, Account]) -> None:
    officer, second = cast["officer"], cast["second-officer"]
    left = SampleTurn.objects.filter(item__draw=draw, reviewer=officer, item__doubled=False).count()
    assert hand_over(draw=draw, reviewer=officer, to=second, account=second) == left
    assert SampleTurn.objects.filter(item__draw=draw, reviewer=officer).count() == 2  # those reviewed by both
    with pytest.raises(InvalidInputError):
        hand_over(draw=draw, reviewer=officer, to=cast["auditor"], account=second)
    with pytest.raises(ForbiddenError):
        hand_over(draw=draw, reviewer=officer, to=second, account=cast["auditor"])


def test_what_a_reviewer_saw_no_reason_for_becomes_a_case_once_all_have_judged(draw: SampleDraw) -> None:
    doubled = [turn for turn in _turns(draw) if turn.item.number == 1]
    _judge(doubled[0], Judgement.UNJUSTIFIED, "No dossier of this person at VDAB.")
    assert not Case.objects.exists()
    _judge(doubled[1])
    case = Case.objects.get()
    assert (case.kind, case.partner, case.facts["number"]) == (CaseKind.SAMPLE, "VDAB", "1")
    assert "2016-03" in sentence_of(case)


def test_what_is_justified_becomes_no_case(draw: SampleDraw) -> None:
    for turn in _turns(draw):
        _judge(turn)
    assert not Case.objects.exists()
