"""A finding opens one case, whoever finds it and how often; a case ends with who and why, and stays as it ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import ProgrammingError, connection

from compliance.cases.close_case import close_case
from compliance.cases.models import Case
from compliance.cases.open_case import Opened, open_case
from compliance.cases.vocabulary import CaseKind, CaseState
from compliance.kernel.actor import system
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from compliance.simulation.numbers import synthetic_insz

if TYPE_CHECKING:
    import psycopg

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "the disk was replaced; see file 2026/12"


def opened(key: str = "1:entry-bytes:7") -> Opened:
    return open_case(kind=CaseKind.LEDGER_DIVERGES, key=key, title="Entry 7 was changed.", facts={"index": 7})


def test_what_is_found_again_opens_no_second_case() -> None:
    def at_once(_number: int) -> bool:
        try:
            return opened().is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(at_once, range(4))) == [False, False, False, True]
    assert opened("1:entry-bytes:8").is_new
    assert Case.objects.count() == 2


def test_a_closed_case_is_not_opened_again_by_the_same_finding() -> None:
    case = close_case(case_id=opened().case.id, actor=system("verifier"), reason=REASON)
    assert (case.state, case.closed_by, case.reason) == (CaseState.CLOSED, "verifier", REASON)
    again = opened()
    assert (again.is_new, again.case.state) == (False, CaseState.CLOSED)
    with pytest.raises(ConflictError):
        close_case(case_id=case.id, actor=system("verifier"), reason=REASON)


@pytest.mark.parametrize("reason", ["", "   short   ", f"it was about {synthetic_insz(1)}"])
def test_a_case_closes_with_a_reason_that_says_something_and_nobody(reason: str) -> None:
    case = opened().case
    with pytest.raises(InvalidInputError):
        close_case(case_id=case.id, actor=system("verifier"), reason=reason)
    with pytest.raises(NotFoundError):
        close_case(case_id=case.id + 1, actor=system("verifier"), reason=REASON)
    assert Case.objects.get(id=case.id).state == CaseState.OPEN


def test_no_case_is_deleted_and_a_closed_one_never_changes(owner_connection: psycopg.Connection) -> None:
    case = close_case(case_id=opened().case.id, actor=system("verifier"), reason=REASON).id
    with pytest.raises(ProgrammingError, match="stays as it is"):
        Case.objects.filter(id=case).update(state=CaseState.OPEN, closed_at=None, closed_by="", reason="")
    with pytest.raises(ProgrammingError):
        Case.objects.filter(id=case).delete()
    with pytest.raises(Exception, match="append-only"):
        owner_connection.execute("DELETE FROM compliance_case")
