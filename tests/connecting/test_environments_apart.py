"""What runs in acceptance or test changes no figure, no list and no ceiling of production."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.core.management import call_command
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types

from compliance import pipeline
from compliance.authorisations.covers import Coverage
from compliance.authorisations.judge import Judge
from compliance.authorisations.judgement import Shape
from compliance.authorisations.models import AuthorisationUse
from compliance.authorisations.terms import Ceiling, Conditions, Terms
from compliance.authorisations.usage import Usage
from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.rejudge import rejudge
from tests.console.exchanges import AT, recorded
from tests.console.reading import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.conftest import ClientOf

PERIOD = "from=2016-01&to=2016-12"
READ = {
    "officer": [
        "/",
        "/exchanges/",
        "/exchanges/?verdict=not-covered",
        "/exchanges/?partner=VDAB",
        f"/statistics/?{PERIOD}",
        f"/statistics/file/csv?{PERIOD}",
        f"/statistics/file/json?{PERIOD}",
        f"/statistics/file/xlsx?{PERIOD}",
    ],
    "auditor": ["/"],
    "vdab-dpo": [
        "/portal/",
        "/portal/exchanges/",
        f"/portal/statistics/?{PERIOD}",
        f"/portal/statistics/file/csv?{PERIOD}",
        f"/portal/statistics/file/json?{PERIOD}",
    ],
}
DAY = date(2016, 3, 12)


def figures(client_of: ClientOf, folder: Path) -> dict[str, object]:
    """Return everything that counts or lists exchanges, as each of the cast reads it."""
    found: dict[str, object] = {}
    for username, addresses in READ.items():
        client = client_of(username)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            told = _cells(answer.content) if "/xlsx" in address else words_of(answer)
            found[f"{username} {address}"] = _without_moments(told)
    found["uses"] = sorted(AuthorisationUse.objects.values_list("authorisation", "period", "period_start", "count"))
    judged = rejudge(first=DAY, last=DAY + timedelta(days=1))
    found["rejudged"] = (judged.judged, judged.changes)
    file = folder / "answer.csv"
    call_command("answer", "--from=2016-01", "--to=2016-12", f"--output={file}", "--format=csv")
    found["answer"] = _without_moments(file.read_text())
    return found


def _cells(workbook: bytes) -> str:
    """Return every cell of a workbook."""
    sheets = load_workbook(BytesIO(workbook))
    return "\n".join(str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))


def _without_moments(text: str) -> str:
    """Leave out when a file was made."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?|\d\d:\d\d(:\d\d)?", "", text)


@pytest.mark.django_db(transaction=True)
def test_nothing_that_counts_is_moved_by_what_runs_elsewhere(client_of: ClientOf, tmp_path: Path) -> None:
    recorded()
    recorded(message_reference="outside", categories_delivered=["MEDICAL-EXEMPTION"])
    pipeline.follow_until_idle()
    figures(client_of, tmp_path)  # an auditor reads which files were made last: the same ones each time from now on
    before = figures(client_of, tmp_path)
    for environment in ("acceptance", "test"):
        changes: dict[str, Any] = {"environment": environment, "ended_at": None}
        for number in range(3):
            at = (AT + timedelta(minutes=number)).isoformat()
            recorded(**changes, message_reference=f"{environment}-{number}", started_at=at)
        recorded(**changes, message_reference=f"{environment}-early", started_at="2015-06-01T10:00:00Z")
        recorded(**changes, message_reference=f"{environment}-late", started_at="2016-03-13T10:00:00Z")
    pipeline.follow_until_idle()
    assert figures(client_of, tmp_path) == before


TERMS = Terms(
    authorisation="P-1",
    number=1,
    provider="KBI",
    recipients=frozenset({"OCMW-GENT"}),
    services=frozenset({"S"}),
    categories=frozenset({"C"}),
    purposes=frozenset({"P"}),
    legal_bases=frozenset({"B"}),
    routes=frozenset({"MAGDA"}),
    environments=frozenset({"production", "acceptance"}),
    valid_from=0,
    conditions=msgspec.convert({"ceilings": [{"count": 1, "period": "day"}]}, Conditions),
)
SHAPE = Shape("OCMW-GENT", "KBI", "S", "1", "P", "B", ("C",), "MAGDA", "production")


def test_a_test_reaches_no_ceiling_and_is_held_against_none() -> None:
    assert TERMS.conditions.ceilings == (Ceiling(count=1, period="day"),)
    judge = Judge(coverage=Coverage([TERMS]), terms=[TERMS], usage=Usage())
    trial = SHAPE._replace(environment="acceptance")

    def verdict(shape: Shape) -> Verdict:
        return judge.judge(shape, at=1, user_group=None).verdict

    assert [verdict(trial) for _ in range(3)] == [Verdict.COVERED] * 3
    assert verdict(SHAPE) is Verdict.COVERED
    assert verdict(SHAPE) is Verdict.CONDITION_BROKEN
    assert verdict(trial) is Verdict.COVERED
