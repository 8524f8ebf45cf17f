"""The queue: what is new, mine, waiting and due, the gravest first; nothing moves by being looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.cases.models import Case, CaseEvent
from compliance.cases.vocabulary import CaseState, Outcome
from tests.console.cases.flagged import case_of, no_cover, same_person_again, sought_person, volume_spike
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


def test_the_gravest_case_stands_first_with_the_reason_in_words(client_of: ClientOf) -> None:
    light, grave = case_of(volume_spike), case_of(same_person_again)
    page = client_of("officer").get("/cases/")
    html = page.content.decode()
    assert html.index(f"/cases/{grave.code}/") < html.index(f"/cases/{light.code}/")
    assert "A pattern of misuse" in words_of(page)


def test_each_case_has_its_picture_in_the_queue_and_its_table_on_its_page(client_of: ClientOf) -> None:
    for make in (same_person_again, volume_spike, sought_person):
        case = case_of(make)
        assert f"-{case.pk}-title" in client_of("officer").get("/cases/").content.decode()
        page = client_of("officer").get(f"/cases/{case.code}/").content.decode()
        assert page.count('<figure class="picture">') == page.count("picture__table") > 0


def test_looking_at_the_queue_and_at_a_case_moves_nothing(client_of: ClientOf) -> None:
    case = case_of(same_person_again)
    before = list(Case.objects.values())
    events = CaseEvent.objects.count()
    for address in ("/cases/", "/cases/news", f"/cases/{case.code}/", f"/cases/{case.code}/act/assign/"):
        client_of("officer").get(address)
    assert list(Case.objects.values()) == before
    assert CaseEvent.objects.count() == events


def test_a_case_that_is_taken_goes_from_new_to_mine_and_to_nobody_elses(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    case = case_of(no_cover)
    answer = client_of("officer").post(f"/cases/{case.code}/act/assign/", {"next": "/cases/?tab=new"})
    assert answer.headers["Location"] == "/cases/?tab=new"
    shown = {
        (who, tab): f"/cases/{case.code}/" in addresses_in(client_of(who).get(f"/cases/?tab={tab}"))
        for who in ("officer", "second-officer")
        for tab in ("new", "mine")
    }
    assert shown == {
        ("officer", "new"): False,
        ("officer", "mine"): True,
        ("second-officer", "new"): False,
        ("second-officer", "mine"): False,
    }


def test_the_queue_is_narrowed_by_partner_and_by_what_it_is_about(client_of: ClientOf) -> None:
    people, cover = case_of(same_person_again), case_of(no_cover)
    of_vdab = addresses_in(client_of("officer").get("/cases/?of=VDAB"))
    of_cover = addresses_in(client_of("officer").get("/cases/?family=cover"))
    assert f"/cases/{people.code}/" in of_vdab
    assert f"/cases/{cover.code}/" not in of_vdab
    assert f"/cases/{cover.code}/" in of_cover
    assert f"/cases/{people.code}/" not in of_cover


def test_several_cases_are_decided_with_one_reason(client_of: ClientOf) -> None:
    codes = [case_of(make).code for make in (no_cover, same_person_again)]
    said = {"case": codes, "outcome": "explained", "reason": "The team leader showed the mandate."}
    client_of("officer").post("/cases/decide", said)
    assert set(Case.objects.values_list("state", "outcome")) == {(CaseState.DECIDED, Outcome.EXPLAINED)}


def test_of_cases_decided_at_once_all_are_or_none_and_what_was_typed_stays(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    open_one, done = case_of(no_cover), case_of(same_person_again)
    said = {"case": [done.code], "outcome": "explained", "reason": "The team leader showed the mandate."}
    client_of("officer").post("/cases/decide", said)
    answer = client_of("officer").post("/cases/decide", {**said, "case": [open_one.code, done.code]})
    assert answer.status_code == 422
    assert "These were not decided:" in words_of(answer)
    assert "The team leader showed the mandate." in answer.content.decode()
    assert Case.objects.get(pk=open_one.pk).state == CaseState.NEW


def test_a_bulk_decision_without_a_reason_keeps_the_ticks(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    answer = client_of("officer").post("/cases/decide", {"case": [case.code], "outcome": "explained", "reason": ""})
    assert answer.status_code == 422
    assert re.search(rf'value="{case.code}"[^>]*checked', answer.content.decode())


def test_news_says_how_many_cases_came_and_says_the_same_thing_once(client_of: ClientOf) -> None:
    officer = client_of("officer")
    case = case_of(no_cover)
    quiet = officer.get(f"/cases/news?after={case.pk}")
    assert "new case" not in words_of(quiet)
    again = officer.get(f"/cases/news?after={case.pk}", headers={"if-none-match": quiet.headers["ETag"]})
    assert again.status_code == 304
    case_of(same_person_again)
    told = officer.get(f"/cases/news?after={case.pk}", headers={"if-none-match": quiet.headers["ETag"]})
    assert told.status_code == 200
    assert "1 new case." in words_of(told)


def test_an_auditor_reads_the_queue_and_is_offered_nothing_to_do(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    page = client_of("auditor").get("/cases/")
    assert f"/cases/{case.code}/" in addresses_in(page)
    assert "Assign to me" not in words_of(page)
    assert client_of("auditor").post(f"/cases/{case.code}/act/assign/").status_code == 403


def test_a_queue_reads_the_register_once_however_many_cases_it_draws(
    client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    for make in (no_cover, volume_spike, same_person_again):
        case_of(make)
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        client_of("officer").get("/cases/")
