"""What was decided to be expected makes no case: as far as was said, until the day that was said, and visibly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from compliance.cases.decide import Judgement, decide
from compliance.cases.models import Case
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.reopen import reopen
from compliance.cases.scope import LONGEST_OF_LAW, Scope
from compliance.cases.suppressions.end_suppression import EndedBeforeError, end_suppression
from compliance.cases.suppressions.models import SuppressedFinding, Suppression
from compliance.cases.vocabulary import Outcome
from compliance.detection.models import Finding
from compliance.detection.vocabulary import FindingState
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError
from compliance.oversight.models import Act
from tests.cases.given import USER, days_ago, finding, found, of_rule, today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db

WHY = "the yearly control of dossiers by the team lead"


def expected(**changes: Any) -> Judgement:
    given: dict[str, Any] = {
        "detectors": ("same-person-again",),
        "begins_on": days_ago(3),
        "ends_on": today() + timedelta(days=10),
        **changes,
    }
    return Judgement(outcome=Outcome.EXPECTED, reason=WHY, scope=Scope(**given))


def suppressed(cast: Mapping[str, Account], **changes: Any) -> Suppression:
    """Decide a case of VDAB's user to be expected."""
    found(finding())
    decide(case=raise_cases().opened[0], account=cast["officer"], judgement=expected(**changes))
    return Suppression.objects.get()


def test_what_is_expected_is_kept_with_the_suppression_that_says_so(cast: Mapping[str, Account]) -> None:
    suppression = suppressed(cast)
    (row,) = found(finding(user=USER + 1))
    raised = raise_cases()
    assert (raised.opened, raised.suppressed) == ((), 1)
    row.refresh_from_db()
    assert row.state == FindingState.SUPPRESSED
    assert SuppressedFinding.objects.get(finding=row).suppression == suppression
    assert Act.objects.filter(id=suppression.entry, kind="suppression:begun").exists()


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        ({}, {"partner": "VMSW"}),
        ({}, {"detector": "enumeration"}),
        ({"only_user": True}, {"user": USER + 1}),
        ({"only_service": True}, {"service": "another"}),
        ({"begins_on": days_ago(1)}, {"day": days_ago(2)}),
    ],
)
def test_a_suppression_is_no_wider_than_what_was_said(
    cast: Mapping[str, Account], changes: dict[str, Any], other: dict[str, Any]
) -> None:
    suppressed(cast, **changes)
    found(finding(**{"user": USER + 5, **other}))
    assert len(raise_cases().opened) == 1


def test_a_suppression_that_is_ended_gives_back_what_it_held(cast: Mapping[str, Account]) -> None:
    suppression = suppressed(cast)
    found(finding(user=USER + 1))
    raise_cases()
    with pytest.raises(ForbiddenError):
        end_suppression(uid=suppression.uid, account=cast["auditor"], reason="the control is over")
    end_suppression(uid=suppression.uid, account=cast["officer"], reason="the control is over")
    assert not Suppression.objects.standing(now()).exists()
    assert list(Suppression.objects.gone(now())) == [suppression]
    assert len(raise_cases().opened) == 1
    with pytest.raises(EndedBeforeError):
        end_suppression(uid=suppression.uid, account=cast["officer"], reason="the control is over")


def test_reopening_the_case_ends_what_its_decision_made_expected(cast: Mapping[str, Account]) -> None:
    suppression = suppressed(cast)
    reopen(case=Case.objects.get(), account=cast["second-officer"], reason="there was no such control")
    suppression.refresh_from_db()
    assert (suppression.ended_by, suppression.ended_reason) == ("second-officer", "there was no such control")


def test_a_finding_after_the_last_day_is_a_case_again(cast: Mapping[str, Account]) -> None:
    suppressed(cast, ends_on=today())
    Suppression.objects.update(begins_on=days_ago(9), ends_on=days_ago(8))
    found(finding(user=USER + 1))
    assert len(raise_cases().opened) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"detectors": ()}, "detectors"),
        ({"detectors": ("off-hours",)}, "detectors"),
        ({"only_partner": False}, "only_partner"),
        ({"ends_on": days_ago(1)}, "ends_on"),
        ({"ends_on": today() + timedelta(days=400)}, "ends_on"),
    ],
)
def test_a_scope_is_about_the_case_and_ends(cast: Mapping[str, Account], changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as told:
        suppressed(cast, **changes)
    assert [error.pointer for error in told.value.errors] == [f"/scope/{field}"]
    assert not Suppression.objects.exists()


def test_a_broken_rule_of_law_is_expected_for_a_month_at_most(cast: Mapping[str, Account]) -> None:
    found(of_rule(finding()))
    case = raise_cases().opened[0]
    scope = {"detectors": ("no-cover",), "ends_on": today() + LONGEST_OF_LAW + timedelta(days=1)}
    with pytest.raises(InvalidInputError):
        decide(case=case, account=cast["officer"], judgement=expected(**scope))
    decide(case=case, account=cast["officer"], judgement=expected(**{**scope, "ends_on": today() + LONGEST_OF_LAW}))
    assert Suppression.objects.get().detectors == ["no-cover"]


def test_a_suppression_has_an_end_and_is_never_deleted(cast: Mapping[str, Account]) -> None:
    suppression = suppressed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.filter(pk=suppression.pk).update(ends_on=None)
    with pytest.raises(ProgrammingError), transaction.atomic():
        suppression.delete()


def test_what_is_suppressed_is_let_go_with_its_finding(cast: Mapping[str, Account]) -> None:
    suppressed(cast)
    (row,) = found(finding(user=USER + 1))
    raise_cases()
    Finding.objects.filter(pk=row.pk).delete()
    assert not SuppressedFinding.objects.exists()
