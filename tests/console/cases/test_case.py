"""One case: understood in a sentence, decided with a reason, and about nobody until somebody says why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from compliance.cases.models import Case, CaseEvent
from compliance.cases.suppressions.models import Suppression
from compliance.cases.vocabulary import CaseAct, CaseState
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.console.cases.flagged import case_of, no_cover, same_person_again, without_dossiers, yesterday
from tests.console.exchanges import INSZ
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
WHY = "The team leader showed the mandate."
READABLE = f"{INSZ[:2]}.{INSZ[2:4]}.{INSZ[4:6]}-{INSZ[6:9]}.{INSZ[9:]}"


def test_a_case_tells_what_was_seen_who_may_be_asked_and_which_authorisation_stood(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    words = words_of(client_of("officer").get(f"/cases/{case.code}/"))
    assert "41 times without any authorisation" in words
    assert "Data protection officer:" in words
    assert "Authorisation in force then" in words
    assert "nobody is ranked" in words


def test_reading_a_case_is_an_entry_of_the_ledger(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    client_of("auditor").get(f"/cases/{case.code}/")
    assert Act.objects.filter(kind=ActKind.CASE_READ, object_id=case.uid, actor="auditor").count() == 1


def test_at_most_ten_exchanges_are_shown_and_none_says_whom_it_is_about(client_of: ClientOf) -> None:
    case = case_of(without_dossiers)
    page = client_of("officer").get(f"/cases/{case.code}/")
    assert sum(address.startswith("/exchanges/") and len(address) > 20 for address in addresses_in(page)) == 10
    assert READABLE not in page.content.decode()
    assert INSZ not in page.content.decode()
    assert "u-77" not in page.content.decode()


def test_an_identity_is_shown_once_for_a_reason_and_each_look_is_recorded(client_of: ClientOf) -> None:
    case = case_of(same_person_again)
    officer, evidence = client_of("officer"), case.findings.get().evidence[:2]
    said = {"exchanges": [str(one) for one in evidence], "reason": f"Case {case.code}: is it a colleague?"}
    answer = officer.post(f"/cases/{case.code}/identity", said)
    assert READABLE in words_of(answer)
    assert "u-13" in words_of(answer)
    assert answer.headers["Cache-Control"].count("no-store") == 1
    revealed = Act.objects.filter(kind=ActKind.IDENTITY_REVEALED)
    assert {act.object_id for act in revealed} == set(evidence)
    assert READABLE not in words_of(officer.get(f"/cases/{case.code}/"))


def test_without_a_reason_nothing_is_revealed(client_of: ClientOf) -> None:
    case = case_of(same_person_again)
    one = str(case.findings.get().evidence[0])
    answer = client_of("officer").post(f"/cases/{case.code}/identity", {"exchanges": [one], "reason": "why"})
    assert "Say in at least ten characters" in words_of(answer)
    assert not Act.objects.filter(kind=ActKind.IDENTITY_REVEALED).exists()


def test_an_exchange_that_is_not_of_the_case_cannot_be_unmasked_by_it(client_of: ClientOf) -> None:
    case, other = case_of(same_person_again), case_of(without_dossiers)
    foreign = str(other.findings.get().evidence[0])
    said = {"exchanges": [foreign], "reason": "Case 12, a complaint"}
    client_of("officer").post(f"/cases/{case.code}/identity", said)
    assert not Act.objects.filter(kind=ActKind.IDENTITY_REVEALED).exists()


def test_a_decision_is_kept_with_its_reason_and_stands_in_the_history(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    client_of("officer").post(f"/cases/{case.code}/act/decide/", {"outcome": "explained", "reason": WHY})
    page = client_of("auditor").get(f"/cases/{case.code}/")
    assert "Decided: explained" in words_of(page)
    assert WHY in words_of(page)
    entry = CaseEvent.objects.get(case=case, act=CaseAct.DECIDE).entry
    assert str(entry) in page.content.decode()


def test_what_is_expected_needs_a_day_and_then_makes_no_case_until_that_day(client_of: ClientOf) -> None:
    case = case_of(same_person_again)
    address = f"/cases/{case.code}/act/decide/"
    said = {"outcome": "expected", "reason": WHY, "detectors": ["same-person-again"], "only_partner": "on"}
    refused = client_of("officer").post(address, said)
    assert refused.status_code == 422
    assert "nothing is expected for ever" in words_of(refused)
    assert escape(WHY) in refused.content.decode()
    ends_on = yesterday() + timedelta(days=30)
    client_of("officer").post(address, {**said, "ends_on": ends_on.isoformat(), "only_user": "on"})
    suppression = Suppression.objects.get()
    assert (suppression.partner, suppression.ends_on) == ("VDAB", ends_on)
    listed = words_of(client_of("auditor").get("/cases/suppressions/"))
    assert case.code in listed
    assert "one user, who is not shown" in listed


def test_a_suppression_is_ended_early_with_a_reason(client_of: ClientOf) -> None:
    test_what_is_expected_needs_a_day_and_then_makes_no_case_until_that_day(client_of)
    one = Suppression.objects.get()
    client_of("officer").post(f"/cases/suppressions/{one.uid}/end", {"reason": "The project ended early."})
    assert Suppression.objects.get().ended_by == "officer"
    assert "The project ended early." in words_of(client_of("officer").get("/cases/suppressions/"))


def test_two_clicks_on_one_button_do_it_once(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    seen = CaseEvent.objects.filter(case=case).latest("id").pk
    said = {"outcome": "explained", "reason": WHY, "seen": str(seen)}
    answers = [client_of("officer").post(f"/cases/{case.code}/act/decide/", said) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert case.decisions.count() == 1


def test_who_comes_second_is_told_and_keeps_what_was_written(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    said = {"outcome": "explained", "reason": WHY}
    client_of("officer").post(f"/cases/{case.code}/act/decide/", said)
    answer = client_of("second-officer").post(f"/cases/{case.code}/act/decide/", said)
    assert answer.status_code == 409
    assert case.decisions.count() == 1


def test_a_decided_case_is_reopened_with_a_reason_and_keeps_its_history(client_of: ClientOf) -> None:
    case = case_of(no_cover)
    client_of("officer").post(f"/cases/{case.code}/act/decide/", {"outcome": "explained", "reason": WHY})
    client_of("second-officer").post(f"/cases/{case.code}/act/reopen/", {"reason": "The mandate was another's."})
    again = Case.objects.get(pk=case.pk)
    assert (again.state, again.assignee.username if again.assignee else "") == (CaseState.IN_REVIEW, "second-officer")
    words = words_of(client_of("officer").get(f"/cases/{case.code}/"))
    assert "Decided: explained" in words
    assert "The mandate was another's." in words


def test_a_case_leads_to_those_like_it_and_says_how_they_ended(client_of: ClientOf) -> None:
    earlier = case_of(no_cover)
    client_of("officer").post(f"/cases/{earlier.code}/act/decide/", {"outcome": "explained", "reason": WHY})
    Case.objects.filter(pk=earlier.pk).update(detector="same-person-again", partner="VDAB")
    page = client_of("officer").get(f"/cases/{case_of(same_person_again).code}/")
    assert f"/cases/{earlier.code}/" in addresses_in(page)
    assert "1 explained" in words_of(page)


def test_the_page_of_an_exchange_leads_to_its_case_for_those_who_see_cases(client_of: ClientOf) -> None:
    case = case_of(same_person_again)
    exchange = case.findings.get().evidence[0]
    assert f"/cases/{case.code}/" in addresses_in(client_of("officer").get(f"/exchanges/{exchange}/"))
    partners = client_of("vdab-dpo").get(f"/portal/exchanges/{exchange}/")
    assert partners.status_code == 200
    assert case.code not in partners.content.decode()


def test_the_first_page_of_an_officer_begins_with_what_is_new(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    assert "No case waits for anybody." in words_of(client_of("officer").get("/"))
    case = case_of(no_cover)
    page = client_of("officer").get("/")
    assert f"/cases/{case.code}/" in addresses_in(page)
    assert "1 New" in words_of(page)
