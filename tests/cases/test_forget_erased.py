"""Who was erased is forgotten in cases too; who was not is not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from compliance.cases.decide import Judgement, decide
from compliance.cases.forget_erased import forget_erased
from compliance.cases.models import Case, CaseFinding
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.scope import Scope
from compliance.cases.suppressions.models import Suppression
from compliance.cases.vocabulary import Outcome
from compliance.kernel.clock import now
from compliance.kernel.pseudonyms import short_range
from tests.cases.given import USER, finding, found, today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db


def keep_key_of(user: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_person_key (log, lookup, wrapped, created_at) VALUES (1, %s, %s, %s)",
            [short_range(user)[0], b"wrapped", now()],
        )


def test_cases_forget_who_has_no_key_and_what_was_expected_of_them_ends(cast: Mapping[str, Account]) -> None:
    keep_key_of(USER)
    found(finding(), finding(user=USER + 1))
    cases = {case.user_key: case for case in raise_cases().opened}
    scope = Scope(
        detectors=("same-person-again",), only_user=True, begins_on=today(), ends_on=today() + timedelta(days=5)
    )
    for case in cases.values():
        judgement = Judgement(outcome=Outcome.EXPECTED, reason="the yearly control of dossiers", scope=scope)
        decide(case=case, account=cast["officer"], judgement=judgement)
    assert forget_erased() == 1
    assert set(Case.objects.values_list("user_key", flat=True)) == {USER, None}
    assert set(CaseFinding.objects.values_list("user_key", flat=True)) == {USER, None}
    assert [one.user_key for one in Suppression.objects.standing(now())] == [USER]
    assert forget_erased() == 0
