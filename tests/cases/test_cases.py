"""A finding of the service itself opens one case, whoever finds it and how often; no case and no word of it is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import ProgrammingError, connection

from compliance.cases.decide import Judgement, decide
from compliance.cases.models import Case, CaseEvent
from compliance.cases.move import NotNowError
from compliance.cases.open_case import Opened, open_case
from compliance.cases.vocabulary import CaseKind, CaseState, Outcome
from compliance.kernel.errors import InvalidInputError
from compliance.oversight.models import Act
from compliance.simulation.numbers import synthetic_insz

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "the disk was replaced; see file 2026/12"


def opened(key: str = "1:entry-bytes:7") -> Opened:
    return open_case(kind=CaseKind.LEDGER_DIVERGES, key=key, title="Entry 7 was changed.", facts={"index": 7})


def explained(reason: str = REASON) -> Judgement:
    return Judgement(outcome=Outcome.EXPLAINED, reason=reason)


def test_what_is_found_again_opens_no_second_case() -> None:
    def at_once(_number: int) -> bool:
        try:
            return opened().is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(at_once, range(4))) == [False, False, False, True]
    assert opened("1:entry-bytes:8").is_new
    assert Case.objects.count() == CaseEvent.objects.count() == 2
    assert len(set(Case.objects.values_list("code", flat=True))) == 2


def test_a_decided_case_is_not_opened_again_by_the_same_finding(cast: Mapping[str, Account]) -> None:
    officer = cast["officer"]
    decision = decide(case=opened().case, account=officer, judgement=explained())
    assert (decision.outcome, decision.by, decision.reason) == (Outcome.EXPLAINED, "officer", REASON)
    again = opened()
    assert (again.is_new, again.case.state) == (False, CaseState.DECIDED)
    with pytest.raises(NotNowError):
        decide(case=again.case, account=officer, judgement=explained())


@pytest.mark.parametrize("reason", ["", "   short   ", f"it was about {synthetic_insz(1)}"])
def test_a_case_is_decided_with_a_reason_that_says_something_and_nobody(
    cast: Mapping[str, Account], reason: str
) -> None:
    case = opened().case
    with pytest.raises(InvalidInputError):
        decide(case=case, account=cast["officer"], judgement=explained(reason))
    assert Case.objects.get(id=case.id).state == CaseState.NEW


def test_each_step_is_an_entry_of_the_ledger_without_its_words(cast: Mapping[str, Account]) -> None:
    case = opened().case
    decide(case=case, account=cast["officer"], judgement=explained())
    events = CaseEvent.objects.filter(case=case)
    acts = {act.id: act for act in Act.objects.filter(object_id=case.uid)}
    assert [acts[event.entry].kind for event in events] == ["case:opened", "case:decided"]
    assert all(REASON not in act.reason for act in acts.values())


def test_no_case_and_no_step_is_deleted_or_altered(
    cast: Mapping[str, Account], owner_connection: psycopg.Connection
) -> None:
    case = opened().case
    with pytest.raises(ProgrammingError):
        Case.objects.filter(id=case.id)._raw_delete("default")  # noqa: SLF001 past the models' own protection
    with pytest.raises(ProgrammingError):
        CaseEvent.objects.filter(case=case).update(words="something else")
    for statement in ("DELETE FROM compliance_case", "UPDATE compliance_caseevent SET words = 'x'"):
        with pytest.raises(Exception, match="append-only"):
            owner_connection.execute(statement)
