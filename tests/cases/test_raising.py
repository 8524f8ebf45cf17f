"""Findings over the line become cases: one for a story, whoever asks and how often; the rest is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from compliance.cases.budget.set_budget import set_budget
from compliance.cases.decide import Judgement, decide
from compliance.cases.models import Case, CaseEvent, CaseFinding
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.models import Finding as Row
from compliance.detection.vocabulary import FindingState
from compliance.kernel.clock import now
from compliance.notices.models import Notice
from tests.cases.given import USER, days_ago, finding, found, of_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

EXPLAINED = Judgement(outcome=Outcome.EXPLAINED, reason="colleagues shared this dossier that week")


def test_findings_of_one_user_in_one_week_make_one_case_that_says_what_it_is_about() -> None:
    found(
        finding(),
        finding(detector="without-dossiers", tier=Tier.STATISTIC, tail=1e-9, persons=40),
        finding(detector="off-hours", day=days_ago(2)),
    )
    raise_cases()
    case = Case.objects.get()
    assert (case.partner, case.service, case.user_key) == ("VDAB", "persoonslijst", USER)
    assert (case.family, case.tier, case.state) == (Family.PEOPLE, Tier.PATTERN, CaseState.NEW)
    assert case.severity == sum(reason["points"] for reason in case.severity_reasons)
    assert case.findings.count() == 3
    assert set(Row.objects.values_list("state", flat=True)) == {FindingState.RAISED}


def test_raising_again_changes_nothing() -> None:
    found(finding(), of_rule(finding(day=days_ago(1))))
    raise_cases()
    before = list(Case.objects.order_by("id").values()), CaseEvent.objects.count()
    again = raise_cases()
    assert (again.opened, again.joined) == ((), ())
    assert (list(Case.objects.order_by("id").values()), CaseEvent.objects.count()) == before


def test_a_later_finding_joins_the_open_case_of_its_story_and_makes_it_graver() -> None:
    found(finding(day=days_ago(3)))
    case = raise_cases().opened[0]
    found(finding(detector="without-dossiers", day=days_ago(1), persons=300, categories=("health", "identity")))
    assert [joined.pk for joined in raise_cases().joined] == [case.pk]
    grown = Case.objects.get()
    assert grown.severity > case.severity
    assert grown.due_at <= case.due_at
    assert [event.act for event in grown.events.all()] == [CaseAct.OPEN, CaseAct.JOIN]


def test_a_finding_of_a_story_that_is_decided_opens_a_case_that_points_to_the_earlier_one(
    cast: Mapping[str, Account],
) -> None:
    found(finding(day=days_ago(3)))
    first = raise_cases().opened[0]
    decide(case=first, account=cast["officer"], judgement=EXPLAINED)
    found(finding(detector="without-dossiers", day=days_ago(3)))
    second = raise_cases().opened[0]
    assert (second.earlier, second.story) == (first, first.story)
    assert Case.objects.get(pk=first.pk).state == CaseState.DECIDED


def test_a_finding_that_grew_after_its_case_was_decided_is_a_case_again(cast: Mapping[str, Account]) -> None:
    (row,) = found(finding())
    decide(case=raise_cases().opened[0], account=cast["officer"], judgement=EXPLAINED)
    Row.objects.filter(pk=row.pk).update(exchanges=row.exchanges + 1, seen_at=now())
    assert raise_cases().opened == ()
    Row.objects.filter(pk=row.pk).update(exchanges=row.exchanges * 2, seen_at=now())
    (again,) = raise_cases().opened
    assert again.earlier is not None
    assert CaseFinding.objects.filter(key=row.key).count() == 2


def test_an_open_case_follows_what_is_seen_anew_and_a_decided_one_stays_as_it_was(cast: Mapping[str, Account]) -> None:
    rows = found(finding(), finding(user=USER + 1, detector="enumeration"))
    cases = {case.user_key: case for case in raise_cases().opened}
    decide(case=cases[USER], account=cast["officer"], judgement=EXPLAINED)
    Row.objects.filter(pk__in=[row.pk for row in rows]).update(exchanges=8, persons=7, seen_at=now())
    raise_cases()
    counted = dict(CaseFinding.objects.values_list("case__user_key", "exchanges"))
    assert counted == {USER: 6, USER + 1: 8}


def test_workers_that_raise_at_once_make_each_case_once(transactional_db: None) -> None:
    found(*(finding(user=USER + number) for number in range(4)))

    def at_once(_number: int) -> int:
        try:
            return len(raise_cases().opened)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(at_once, range(3))) == 4
    assert Case.objects.count() == CaseEvent.objects.count() == 4


def test_a_bad_day_of_volumes_buries_no_bad_person(cast: Mapping[str, Account]) -> None:
    shares = {Family.PEOPLE: 0.5, Family.COVER: 0.2, Family.VOLUME: 0.2, Family.DELIVERY: 0.1}
    set_budget(account=cast["officer"], cases_a_day=4, shares=shares, reason="only one officer this month")
    noise = [
        finding(
            detector="spike", family=Family.VOLUME, tier=Tier.STATISTIC, tail=1e-12, user=None, partner=f"P{number}"
        )
        for number in range(9)
    ]
    found(*noise, finding(score=0.6))
    raise_cases()
    families = list(Case.objects.values_list("family", flat=True))
    assert families.count(Family.PEOPLE) == 1
    assert families.count(Family.VOLUME) <= 3
    assert Row.objects.filter(state=FindingState.BELOW).count() == 10 - len(families)


def test_a_broken_rule_of_law_always_makes_a_case_and_what_is_long_ago_is_only_kept() -> None:
    found(of_rule(finding(day=days_ago(100))), finding(day=days_ago(100)))
    raise_cases()
    assert list(Case.objects.values_list("tier", flat=True)) == [Tier.LAW]
    assert Row.objects.get(tier=Tier.PATTERN).state == FindingState.BELOW


def test_officers_are_told_at_once_of_an_urgent_case_in_words_that_name_nobody(cast: Mapping[str, Account]) -> None:
    grave = of_rule(finding(persons=50_000, categories=("health", "identity", "income"), score=1.0, tail=1e-15))
    found(grave)
    case = raise_cases().opened[0]
    assert case.severity >= 80
    notices = Notice.objects.filter(kind="case-opened-urgent").select_related("recipient")
    assert {notice.recipient.username for notice in notices} == {"officer", "second-officer"}
    assert all(set(notice.words) == {"code", "day"} for notice in notices)
    assert case.due_at - case.opened_at < timedelta(days=7)
