"""A data breach: 72 hours from when the officer became aware, a notification that is kept, whom to inform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.db import ProgrammingError, transaction

from compliance.cases.breaches.begin_breach import TERM
from compliance.cases.breaches.content import Notification, lacking, read_notification
from compliance.cases.breaches.end_breach import mark_not_needed, mark_notified
from compliance.cases.breaches.models import Breach, BreachDraft
from compliance.cases.breaches.persons import persons_to_inform
from compliance.cases.breaches.propose_notification import propose_notification
from compliance.cases.breaches.remind import remind_of_clocks
from compliance.cases.breaches.running import ClockStoppedError
from compliance.cases.breaches.save_draft import save_draft
from compliance.cases.breaches.vocabulary import Authority, BreachEnd
from compliance.cases.confirm import confirm, refuse
from compliance.cases.decide import Judgement, decide
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.reopen import reopen
from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.notices.models import Notice
from compliance.oversight.models import Act
from compliance.simulation.numbers import synthetic_insz
from tests.cases.given import finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case

pytestmark = pytest.mark.django_db

WHY = "the user had no dossier of any of these persons"


@pytest.fixture
def case(cast: Mapping[str, Account]) -> Case:
    found(finding(persons=40, categories=("identity", "residence")))
    return raise_cases().opened[0]


def breach_of(case: Case, account: Account, *, aware_at: datetime | None = None) -> Breach:
    decide(case=case, account=account, judgement=Judgement(outcome=Outcome.BREACH, reason=WHY, aware_at=aware_at))
    return Breach.objects.get(case=case, end="")


def test_the_clock_runs_from_when_the_officer_became_aware_and_waits_for_no_second_person(
    case: Case, cast: Mapping[str, Account]
) -> None:
    aware = now() - timedelta(hours=5)
    breach = breach_of(case, cast["officer"], aware_at=aware)
    case.refresh_from_db()
    assert case.state == CaseState.WAITING_SECOND
    assert (breach.aware_at, breach.due_at) == (aware, aware + TERM)
    assert Notice.objects.filter(kind="breach-clock-started").count() == 2
    confirm(case=case, account=cast["second-officer"])
    assert Breach.objects.running().get().due_at == aware + TERM


def test_nobody_becomes_aware_later_than_now(case: Case, cast: Mapping[str, Account]) -> None:
    with pytest.raises(InvalidInputError) as told:
        breach_of(case, cast["officer"], aware_at=now() + timedelta(minutes=5))
    assert [error.pointer for error in told.value.errors] == ["/aware_at"]


def test_the_clock_stops_when_the_second_person_sees_no_breach(case: Case, cast: Mapping[str, Account]) -> None:
    breach = breach_of(case, cast["officer"])
    refuse(case=case, account=cast["second-officer"], reason="these were test persons after all")
    breach.refresh_from_db()
    assert (breach.end, breach.ended_by) == (BreachEnd.NO_BREACH, "second-officer")
    again = breach_of(case, cast["officer"])
    assert again.pk != breach.pk


def test_a_case_that_is_decided_otherwise_after_all_stops_the_clock(case: Case, cast: Mapping[str, Account]) -> None:
    breach = breach_of(case, cast["officer"])
    confirm(case=case, account=cast["second-officer"])
    reopen(case=case, account=cast["officer"], reason="the partner sent the dossiers")
    decide(case=case, account=cast["officer"], judgement=Judgement(outcome=Outcome.EXPLAINED, reason=WHY))
    breach.refresh_from_db()
    assert breach.end == BreachEnd.NO_BREACH


def test_officers_are_reminded_at_each_moment_of_the_clock_once(case: Case, cast: Mapping[str, Account]) -> None:
    breach = breach_of(case, cast["officer"])
    moments = [breach.aware_at + timedelta(hours=hours) for hours in (1, 23, 25, 26, 61, 62, 73, 74)]
    told = [[notice.kind for notice in remind_of_clocks(at=moment)] for moment in moments]
    near, passed = ["breach-clock-near"] * 2, ["breach-clock-passed"] * 2
    assert told == [[], [], near, [], near, [], passed, []]
    mark_not_needed(breach=breach, account=cast["officer"], reason="nobody's data left the house")
    assert remind_of_clocks(at=breach.due_at + timedelta(days=9)) == []


def test_the_notification_is_filled_in_as_far_as_it_is_known(case: Case, cast: Mapping[str, Account]) -> None:
    told = propose_notification(breach_of(case, cast["officer"]))
    assert (told.categories, told.partners, told.persons) == (("identity", "residence"), ("VDAB",), 40)
    assert case.code in told.nature
    assert told.begins_on is not None
    assert "inform_persons" in lacking(told)
    assert read_notification(msgspec.to_builtins(told)) == told


def test_each_version_is_kept_and_one_that_says_the_same_is_not_kept_twice(
    case: Case, cast: Mapping[str, Account]
) -> None:
    officer = cast["officer"]
    breach = breach_of(case, officer)
    first = Notification(nature="Somebody looked.", persons=3)
    for told in (first, first, Notification(nature="Somebody looked, and told others.", persons=3)):
        save_draft(breach=breach, account=officer, notification=told)
    assert list(BreachDraft.objects.values_list("number", flat=True)) == [1, 2]
    with pytest.raises(InvalidInputError):
        save_draft(breach=breach, account=officer, notification=Notification(nature=f"about {synthetic_insz(1)}"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        BreachDraft.objects.update(content={})


def test_what_was_notified_says_when_to_whom_and_under_which_reference(case: Case, cast: Mapping[str, Account]) -> None:
    officer = cast["officer"]
    breach = breach_of(case, officer)
    given: dict[str, Any] = {
        "breach": breach,
        "account": officer,
        "authority": Authority.VTC,
        "reference": "VTC/2026/17",
    }
    with pytest.raises(InvalidInputError) as told:
        mark_notified(**given, notified_at=now())
    assert [error.pointer for error in told.value.errors] == ["/draft"]
    save_draft(breach=breach, account=officer, notification=Notification(nature="Somebody looked."))
    with pytest.raises(InvalidInputError) as told:
        mark_notified(**given, notified_at=breach.aware_at - timedelta(minutes=1))
    assert [error.pointer for error in told.value.errors] == ["/notified_at"]
    ended = mark_notified(**given, notified_at=now())
    assert (ended.end, ended.reference) == (BreachEnd.NOTIFIED, "VTC/2026/17")
    with pytest.raises(ClockStoppedError):
        mark_not_needed(breach=breach, account=officer, reason="it was notified already")
    assert [event.act for event in case.events.filter(act=CaseAct.BREACH)] == [CaseAct.BREACH] * 3


def test_a_late_notification_says_why(case: Case, cast: Mapping[str, Account]) -> None:
    officer = cast["officer"]
    breach = breach_of(case, officer, aware_at=now() - timedelta(hours=80))
    given: dict[str, Any] = {
        "breach": breach,
        "account": officer,
        "authority": Authority.GBA,
        "reference": "GBA-1",
    }
    save_draft(breach=breach, account=officer, notification=Notification(nature="Somebody looked."))
    with pytest.raises(InvalidInputError):
        mark_notified(**given, notified_at=now())
    late = Notification(nature="Somebody looked.", late_because="The partner answered after three days.")
    save_draft(breach=breach, account=officer, notification=late)
    assert mark_notified(**given, notified_at=now()).end == BreachEnd.NOTIFIED


def test_who_is_to_be_informed_is_told_to_officers_with_a_reason_and_the_list_is_an_entry(
    case: Case, cast: Mapping[str, Account]
) -> None:
    breach = breach_of(case, cast["officer"])
    for name, error in (("auditor", ForbiddenError), ("vdab-dpo", NotFoundError), ("operator", NotFoundError)):
        with pytest.raises(error):
            persons_to_inform(breach=breach, account=cast[name], reason="to inform the persons")
    with pytest.raises(InvalidInputError):
        persons_to_inform(breach=breach, account=cast["officer"], reason="")
    assert not Act.objects.filter(kind="breach:persons-listed").exists()
    assert persons_to_inform(breach=breach, account=cast["officer"], reason="to inform the persons") == []
    assert Act.objects.get(kind="breach:persons-listed").reason == "to inform the persons"
