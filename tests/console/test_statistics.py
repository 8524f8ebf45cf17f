"""The figures on a page and as files; each file that leaves is an act."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.statistics.models import MonthCount
from tests.console.figures import counted
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
YEAR = "?from=2016-01&to=2016-12&compare=2015"


@pytest.fixture
def auditor(client_of: ClientOf) -> Client:
    """Return the browser of the auditor, who reads Dutch, in a world with some figures."""
    counted(MonthCount, partner="VDAB", count=1_234)
    counted(MonthCount, partner="VMSW", count=4_321)
    return client_of("auditor", language="nl")


def test_partners_months_and_totals_are_on_the_page(auditor: Client) -> None:
    words = words_of(auditor.get(f"/statistics/{YEAR}"))
    for figure in ("1.234", "4.321", "5.555", "maart 2016", "VDAB"):
        assert figure in words


def test_without_a_question_the_newest_year_with_figures_is_shown(auditor: Client) -> None:
    assert "5.555" in words_of(auditor.get("/statistics/"))
    counted(MonthCount, month=date(2018, 2, 1), count=99)
    assert "5.555" not in words_of(auditor.get("/statistics/"))


def test_the_files_ask_the_same_question_as_the_page(auditor: Client) -> None:
    files = [link for link in addresses_in(auditor.get(f"/statistics/{YEAR}")) if "/file/" in link]
    assert files == [f"/statistics/file/{form}{YEAR}" for form in ("pdf", "xlsx", "csv", "json")]


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", "\ufeff".encode()), ("json", b"{")]
)
def test_each_file_is_what_it_says_and_its_leaving_is_recorded(auditor: Client, form: str, begins: bytes) -> None:
    answer = auditor.get(f"/statistics/file/{form}{YEAR}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'filename="kbi-exchanges-2016.{form}"' in answer.headers["Content-Disposition"]
    assert list(Act.objects.values_list("kind", "actor")) == [(ActKind.REPORT_EXPORTED, "auditor")]


def test_a_file_holds_the_figures_of_the_page(auditor: Client) -> None:
    answer = json.loads(auditor.get(f"/statistics/file/json{YEAR}").content)
    assert "5555" in json.dumps(answer)


@pytest.mark.parametrize("question", ["?from=2016-13&to=2016-12", "?from=2016-05&to=2016-01", "?from=x&to=2016-12"])
def test_what_is_no_period_is_said_and_nothing_leaves(auditor: Client, question: str) -> None:
    page = auditor.get(f"/statistics/{question}")
    assert page.status_code == 400
    assert "errorlist" in page.content.decode()
    assert auditor.get(f"/statistics/file/csv{question}").status_code == 400
    assert not Act.objects.exists()


def test_a_form_of_file_that_does_not_exist_is_not_found(auditor: Client) -> None:
    assert auditor.get(f"/statistics/file/doc{YEAR}").status_code == 404
