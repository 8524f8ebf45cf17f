"""The list of exchanges: filters in the address, pages that lose nothing, and the look on record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.console.exchanges import AT, INSZ, VMSW, recorded, recorded_many
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

_ONE = re.compile(r"/exchanges/(?P<number>[0-9a-f-]{36})/")
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def shown(client: Client, address: str) -> list[str]:
    """Return the numbers of the exchanges on a page, in their order."""
    found = (_ONE.fullmatch(link) for link in addresses_in(client.get(address)))
    return list(dict.fromkeys(match["number"] for match in found if match))


def follow(client: Client, address: str, rel: str) -> str:
    """Return where the link with this relation leads, or nothing."""
    html = client.get(address).content.decode()
    _before, found, after = html.partition(f'rel="{rel}" href="')
    return after.partition('"')[0].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize(
    "filters",
    [
        "partner=VMSW",
        "service=KBI-STATUUT",
        "reference=VMSW-160312-0001",
        "verdict=condition-broken",
        "verdict=not-covered",
        "outcome=refused",
        "route=DIRECT",
        "trigger=automatic",
        "from=2016-03-14",
        "from=14/03/2016&until=14/03/2016",
        "partner=VMSW&outcome=refused&from=2016-03-01",
    ],
)
def test_each_filter_keeps_what_it_says(officer: Client, filters: str) -> None:
    other: dict[str, Any] = {
        **VMSW,
        "outcome": "refused",
        "route": "DIRECT",
        "started_at": (AT + timedelta(days=2)).isoformat(),
        "ended_at": None,
    }
    recorded()
    wanted = recorded(**other)
    if filters == "verdict=condition-broken":
        assert shown(officer, f"/exchanges/?{filters}") == []
    else:
        assert shown(officer, f"/exchanges/?{filters}") == [str(wanted)]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ["production"]),
        ("environment=production", ["production"]),
        ("environment=acceptance", ["acceptance"]),
        ("environment=test", ["test"]),
        ("environment=every", ["test", "acceptance", "production"]),
    ],
)
def test_a_list_is_of_production_unless_another_environment_is_asked_for(
    officer: Client, asked: str, kept: list[str]
) -> None:
    numbers = {
        environment: recorded(environment=environment, message_reference=environment, started_at=at, ended_at=None)
        for environment, at in (
            ("production", AT.isoformat()),
            ("acceptance", (AT + timedelta(minutes=1)).isoformat()),
            ("test", (AT + timedelta(minutes=2)).isoformat()),
        )
    }
    assert shown(officer, f"/exchanges/?{asked}") == [str(numbers[environment]) for environment in kept]


def test_the_list_says_of_which_environment_it_is(officer: Client) -> None:
    recorded(environment="acceptance")
    assert "Exchanges in production only." in words_of(officer.get("/exchanges/"))
    aside = words_of(officer.get("/exchanges/?environment=acceptance"))
    assert "Exchanges of the acceptance environment only. They are in no figure." in aside


def test_without_filters_everything_is_shown_newest_first(officer: Client) -> None:
    first, second = recorded_many(2)
    assert shown(officer, "/exchanges/") == [str(second), str(first)]


def test_pages_follow_each_other_in_both_directions_without_loss_or_repetition(officer: Client) -> None:
    everything = [str(number) for number in reversed(recorded_many(120))]
    pages, address, last = [], "/exchanges/", ""
    while address:
        pages.append(shown(officer, address))
        last, address = address, follow(officer, address, "next")
    assert [number for page in pages for number in page] == everything
    assert [len(page) for page in pages] == [50, 50, 20]
    back = follow(officer, last, "prev")
    assert shown(officer, back) == everything[50:100]
    assert shown(officer, follow(officer, back, "prev")) == everything[:50]
    assert follow(officer, "/exchanges/", "prev") == ""


def test_what_comes_in_meanwhile_does_not_move_a_page(officer: Client) -> None:
    recorded_many(60)
    second = follow(officer, "/exchanges/", "next")
    before = shown(officer, second)
    recorded(message_reference="late", started_at=(AT + timedelta(days=1)).isoformat(), ended_at=None)
    assert shown(officer, second) == before


def test_a_jump_to_a_day_begins_at_the_end_of_that_day_in_brussels(officer: Client) -> None:
    late = "2016-03-14T22:30:00Z"  # half past eleven in the evening in Brussels
    next_day = "2016-03-14T23:30:00Z"
    of_the_day = recorded(message_reference="late", started_at=late, ended_at=None)
    recorded(message_reference="next", started_at=next_day, ended_at=None)
    assert shown(officer, "/exchanges/?on=2016-03-14") == [str(of_the_day)]
    assert follow(officer, "/exchanges/?on=2016-03-14", "prev")
    assert shown(officer, "/exchanges/?from=2016-03-14&until=2016-03-14") == [str(of_the_day)]


def test_corrected_and_correcting_records_are_marked(officer: Client) -> None:
    first = recorded()
    recorded(message_reference="correction", outcome="failed", corrects=str(first))
    words = words_of(officer.get("/exchanges/"))
    assert "corrected later" in words
    assert "corrects an earlier record" in words


@pytest.mark.parametrize("nonsense", ["before=x", "after=x", "on=yesterday"])
def test_an_address_mended_by_hand_begins_at_the_newest(officer: Client, nonsense: str) -> None:
    only = recorded()
    assert shown(officer, f"/exchanges/?{nonsense}") == [str(only)]


@pytest.mark.parametrize(
    "nonsense", ["partner=NOBODY", "verdict=x", "from=2016-13-45", "from=2016-03-02&until=2016-03-01"]
)
def test_a_filter_that_cannot_be_used_says_so_and_shows_nothing(officer: Client, nonsense: str) -> None:
    recorded()
    answer = officer.get(f"/exchanges/?{nonsense}")
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert shown(officer, f"/exchanges/?{nonsense}") == []


def test_an_empty_list_says_what_to_do(officer: Client) -> None:
    assert "No exchange here yet" in words_of(officer.get("/exchanges/"))
    assert "Remove a filter above" in words_of(officer.get("/exchanges/?partner=VMSW"))


def test_the_list_says_since_when_records_exist(officer: Client) -> None:
    recorded()
    assert "Exchanges are recorded here since 12 March 2016" in words_of(officer.get("/exchanges/"))


def test_the_look_is_recorded(officer: Client) -> None:
    officer.get("/exchanges/?partner=VDAB")
    assert list(Act.objects.values_list("kind", "actor")) == [(ActKind.EXCHANGES_LISTED, "officer")]


def test_a_national_number_typed_as_a_reference_is_refused_and_kept_nowhere(officer: Client) -> None:
    answer = officer.get("/exchanges/", {"reference": INSZ})
    assert "Use “Find a person”" in words_of(answer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT convert_from(leaf, 'UTF8') FROM ledger_entry")
        assert INSZ not in repr(cursor.fetchall())


QUERIES = {
    "the session": "django_session",
    "who reads": "compliance_account",
    "names of organisations": "compliance_organisation",
    "names of services": "compliance_service",
    "names of routes": "compliance_route",
    "the act, as an entry": "INSERT INTO ledger_entry",
    "the act, for lists": "INSERT INTO oversight_act",
    "how long it may take": "statement_timeout",
    "the page": "exchanges_exchange",
    "what was corrected": "exchanges_correction",
    "names of purposes": "compliance_purpose",
    "what the reader is yet to be told": "compliance_notice",
    "who is controller": "compliance_controllerperiod",
    "the first month counted": "compliance_monthcount",
    "since when": "exchanges_exchange",
}


@pytest.mark.parametrize("count", [1, 51])
def test_the_list_costs_fifteen_queries_at_any_length(officer: Client, count: int) -> None:
    recorded_many(count)
    officer.get("/")  # this month's partition of the oversight log is made once
    with CaptureQueriesContext(connection) as captured:
        officer.get("/exchanges/")
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"] and "make_month" not in query["sql"]]
    assert len(asked) == len(QUERIES)
    for (what, part), sql in zip(QUERIES.items(), asked, strict=True):
        assert part in sql, what
