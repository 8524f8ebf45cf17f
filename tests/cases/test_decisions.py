"""Decisions: with a reason, by whom may, with a second person where that is asked, all or none of a bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.cases.assign import assign, release, take
from compliance.cases.calibration import outcomes_by_detector
from compliance.cases.confirm import confirm, refuse
from compliance.cases.decide import Judgement, decide
from compliance.cases.decide_many import NotAllDecidedError, decide_many
from compliance.cases.four_eyes import FourEyesError
from compliance.cases.models import Case, CaseConfirmation, CaseDecision, CaseEvent
from compliance.cases.move import NotNowError, case_for
from compliance.cases.note import note
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.reopen import reopen
from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.console.cases.similar import similar_to
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.notices.models import Notice
from compliance.oversight.models import Act
from tests.cases.given import USER, days_ago, finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

WHY = "the manager and the user confirmed what happened"
EXPLAINED = Judgement(outcome=Outcome.EXPLAINED, reason=WHY)
MISUSE = Judgement(outcome=Outcome.MISUSE, reason=WHY)


@pytest.fixture
def case(cast: Mapping[str, Account]) -> Case:
    found(finding())
    return raise_cases().opened[0]


def cases(count: int) -> list[Case]:
    found(*(finding(user=USER + number) for number in range(1, count + 1)))
    return list(raise_cases().opened)


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_what_is_taken_is_mine_until_i_give_it_back(case: Case, cast: Mapping[str, Account]) -> None:
    officer, second = cast["officer"], cast["second-officer"]
    take(case=case, account=officer)
    assert list(Case.objects.mine(officer)) == [case]
    assign(case=case, account=officer, to=second)
    assert list(Case.objects.mine(second)) == [case]
    assert Notice.objects.get(recipient=second, kind="case-assigned").words["by"] == "officer"
    release(case=case, account=second)
    assert list(Case.objects.new()) == [case]
    with pytest.raises(InvalidInputError):
        assign(case=case, account=officer, to=cast["auditor"])


def test_nothing_is_done_by_taking_what_one_has(case: Case, cast: Mapping[str, Account]) -> None:
    take(case=case, account=cast["officer"])
    before = CaseEvent.objects.count()
    take(case=case, account=cast["officer"])
    assert CaseEvent.objects.count() == before


@pytest.mark.parametrize("name", ["auditor", "operator", "vdab-requester", "vdab-dpo", "vmsw-requester", "nobody"])
def test_only_officers_decide_and_who_may_not_see_a_case_finds_none(
    case: Case, cast: Mapping[str, Account], name: str
) -> None:
    account = cast[name]
    expected = ForbiddenError if name == "auditor" else NotFoundError
    for step in (
        lambda: decide(case=case, account=account, judgement=EXPLAINED),
        lambda: take(case=case, account=account),
        lambda: note(case=case, account=account, words="I looked."),
    ):
        with pytest.raises(expected):
            step()
    if expected is NotFoundError:
        with pytest.raises(NotFoundError):
            case_for(account, case.code)
    assert now(case).state == CaseState.NEW


def test_misuse_holds_once_a_second_person_confirmed_it(case: Case, cast: Mapping[str, Account]) -> None:
    officer, second = cast["officer"], cast["second-officer"]
    decide(case=case, account=officer, judgement=MISUSE)
    assert now(case).state == CaseState.WAITING_SECOND
    assert [notice.recipient for notice in Notice.objects.filter(kind="case-confirmation-asked")] == [second]
    assert list(Case.objects.waiting_for_second(officer)) == []
    assert list(Case.objects.waiting_for_second(second)) == [case]
    with pytest.raises(FourEyesError):
        confirm(case=case, account=officer)
    confirm(case=case, account=second, words="I saw the same.")
    assert (now(case).state, now(case).outcome) == (CaseState.DECIDED, Outcome.MISUSE)
    with pytest.raises(NotNowError):
        confirm(case=case, account=second)


def test_a_decision_that_is_not_confirmed_goes_back_to_review_with_the_reason(
    case: Case, cast: Mapping[str, Account]
) -> None:
    decide(case=case, account=cast["officer"], judgement=MISUSE)
    refuse(case=case, account=cast["second-officer"], reason="the team lead was not asked yet")
    assert (now(case).state, now(case).assignee) == (CaseState.IN_REVIEW, cast["officer"])
    assert Notice.objects.get(kind="case-not-confirmed").recipient == cast["officer"]
    decide(case=case, account=cast["second-officer"], judgement=MISUSE)
    confirm(case=case, account=cast["officer"])
    assert list(CaseConfirmation.objects.order_by("id").values_list("by", "agrees")) == [
        ("second-officer", False),
        ("officer", True),
    ]


def test_whoever_proposed_can_take_it_back(case: Case, cast: Mapping[str, Account]) -> None:
    decide(case=case, account=cast["officer"], judgement=MISUSE)
    refuse(case=case, account=cast["officer"], reason="I looked at the wrong week")
    assert now(case).state == CaseState.IN_REVIEW
    assert not Notice.objects.filter(kind="case-not-confirmed").exists()


def test_a_reopened_case_keeps_its_decisions_and_its_whole_history_is_in_the_ledger(
    case: Case, cast: Mapping[str, Account]
) -> None:
    officer = cast["officer"]
    decide(case=case, account=officer, judgement=EXPLAINED)
    with pytest.raises(InvalidInputError):
        reopen(case=case, account=officer, reason="why")
    reopen(case=case, account=officer, reason="the partner wrote that this was not true")
    assert (now(case).state, now(case).outcome, now(case).assignee) == (CaseState.IN_REVIEW, "", officer)
    assert CaseDecision.objects.filter(case=case).count() == 1
    events = list(CaseEvent.objects.filter(case=case))
    assert [event.act for event in events] == [CaseAct.OPEN, CaseAct.DECIDE, CaseAct.REOPEN]
    assert Act.objects.filter(object_id=case.uid, id__in=[event.entry for event in events]).count() == 3


def test_what_is_passed_on_says_to_whom(case: Case, cast: Mapping[str, Account]) -> None:
    with pytest.raises(InvalidInputError) as told:
        decide(case=case, account=cast["officer"], judgement=Judgement(outcome=Outcome.PASSED_ON, reason=WHY))
    assert [error.pointer for error in told.value.errors] == ["/passed_to"]
    judgement = Judgement(outcome=Outcome.PASSED_ON, reason=WHY, passed_to="Audit Vlaanderen")
    assert decide(case=case, account=cast["officer"], judgement=judgement).passed_to == "Audit Vlaanderen"


def test_a_bulk_decision_decides_all_or_none_and_says_what_stands_in_the_way_of_each(
    cast: Mapping[str, Account],
) -> None:
    officer = cast["officer"]
    first, second, third = cases(3)
    decide(case=second, account=officer, judgement=EXPLAINED)
    with pytest.raises(NotAllDecidedError) as told:
        decide_many(cases=[first, second, third], account=officer, judgement=EXPLAINED)
    assert [error.pointer for error in told.value.errors] == [f"/cases/{second.code}"]
    assert now(first).state == now(third).state == CaseState.NEW
    decide_many(cases=[first, third], account=officer, judgement=EXPLAINED)
    assert not Case.objects.open().exists()


def test_past_cases_that_look_alike_are_found_the_most_alike_first(cast: Mapping[str, Account]) -> None:
    officer = cast["officer"]
    found(finding(day=days_ago(20)), finding(user=USER + 1), finding(user=USER + 2, detector="off-hours"))
    earlier = {(case.user_key, case.detector): case for case in raise_cases().opened}
    for one in earlier.values():
        decide(case=one, account=officer, judgement=EXPLAINED)
    found(finding(detector="enumeration"))
    found(finding(detector="same-person-again", day=days_ago(1)))
    (case,) = raise_cases().opened
    nearest = [one.pk for one in similar_to(case, cast["officer"]).nearest]
    assert nearest[0] == earlier[USER, "same-person-again"].pk
    assert earlier[USER + 2, "off-hours"].pk not in nearest


def test_decisions_say_of_each_detector_how_its_cases_ended(cast: Mapping[str, Account]) -> None:
    first, second = cases(2)
    decide(case=first, account=cast["officer"], judgement=EXPLAINED)
    decide(case=second, account=cast["officer"], judgement=MISUSE)
    assert outcomes_by_detector(since=first.opened_at) == {"same-person-again": {Outcome.EXPLAINED: 1}}
    confirm(case=second, account=cast["second-officer"])
    ended = outcomes_by_detector(since=first.opened_at)["same-person-again"]
    assert ended == {Outcome.EXPLAINED: 1, Outcome.MISUSE: 1}
