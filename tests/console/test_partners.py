"""How partners stand: what waits, what ends, what was covered, and whom to turn to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from compliance.access.models import ClientCredential, MachineClient
from compliance.authorisations.requests.vocabulary import RequestKind, Section
from compliance.authorisations.requests.write_message import write_message
from compliance.kernel.clock import now
from compliance.oversight.models import Act
from compliance.registry.models import Organisation, ProcessingMandate
from compliance.statistics.models import MonthCount
from tests.authorisations.requests.asking import advised, drafted, granted, submitted
from tests.console.figures import counted
from tests.console.reading import addresses_in, words_of
from tests.console.test_authorisations import instrument
from tests.reporting.partner_standing.reading import events_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
ENDS = datetime(2099, 12, 31, 23, tzinfo=UTC)  # midnight in Brussels


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def test_every_partner_is_listed_with_its_share_and_what_ends_first(officer: Client) -> None:
    instrument(ends=ENDS)
    counted(MonthCount, partner="VDAB", count=990)
    counted(MonthCount, partner="VDAB", count=10, verdict="expired")
    counted(MonthCount, partner="VDAB", count=500, verdict="expired", environment="acceptance")
    counted(MonthCount, partner="VDAB", count=500, verdict="expired", month=date(2015, 3, 1))
    words = words_of(officer.get("/partners/"))
    assert "1,000 99.0% 10 1 January 2100 New one (NEW)" in words
    assert "Exchanges in production since 1 April 2015." in words
    assert "/partners/VMSW/" in addresses_in(officer.get("/partners/"))


def test_the_page_of_a_partner_says_how_it_stands(officer: Client) -> None:
    instrument(ends=ENDS)
    counted(MonthCount, partner="VDAB", count=30)
    counted(MonthCount, partner="VDAB", count=10, verdict="expired", month=date(2015, 12, 1))
    page = officer.get("/partners/VDAB/")
    words = words_of(page)
    assert "January 2100 New one (NEW) authorisation, does not hold any more from 1 January 2100" in words
    assert "1st quarter 2016 30 0 100.0%" in words
    assert "4th quarter 2015 0 10 0.0%" in words
    assert "/exchanges/?partner=VDAB" in addresses_in(page)
    assert words.index("Data protection officers") < words.index("VDAB", words.index("Data protection officers"))
    assert officer.get("/partners/NO-SUCH/").status_code == 404


def test_all_that_ends_stands_in_the_calendar_and_what_has_ended_does_not(officer: Client) -> None:
    instrument(ends=ENDS)
    vdab, vendor = Organisation.objects.get(code="VDAB"), Organisation.objects.get(code="AHOVOKS")
    ProcessingMandate.objects.create(
        processor=vendor, controller=vdab, valid_from=date(2020, 1, 1), valid_until=date(2098, 5, 1)
    )
    ProcessingMandate.objects.create(
        processor=vendor, controller=vdab, valid_from=date(2018, 1, 1), valid_until=date(2019, 5, 1)
    )
    system = MachineClient.objects.create(name="vdab.gateway", organisation=vdab, created_at=now())
    for number, revoked in ((1, None), (2, now())):
        ClientCredential.objects.create(
            client=system, kind="token", digest=bytes([number]), created_at=now(), expires_at=ENDS, revoked_at=revoked
        )
    answer = officer.get("/partners/VDAB/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = events_of(answer.content)
    assert [(text_of(event["SUMMARY"]), event["DTSTART"]) for event in events] == [
        (f"{vendor.name} ends", "20980501"),
        ("New one (NEW) ends", "21000101"),
        ("vdab.gateway ends", "21000101"),
    ]
    again = events_of(officer.get("/partners/VDAB/calendar.ics").content)
    assert [event["UID"] for event in again] == [event["UID"] for event in events]
    assert len({event["UID"] for event in events}) == 3
    assert Act.objects.filter(kind="report:exported").count() == 2


def test_what_waits_for_the_partner_stands_on_its_page(officer: Client, cast: Mapping[str, Account]) -> None:
    asked = submitted(cast)
    assert "advice of the partner's data protection officer" in words_of(officer.get("/partners/VDAB/"))
    question: dict[str, Any] = {"section": Section.RHYTHM, "message": "Waarom zo vaak?", "is_question": True}
    write_message(request=asked, account=cast["officer"], **question)
    assert "and 1 question without an answer" in words_of(officer.get("/partners/VDAB/"))
    assert "Nothing waits." in words_of(officer.get("/partners/VMSW/"))


def test_what_waits_for_us_does_not_stand_there(officer: Client, cast: Mapping[str, Account]) -> None:
    advised(cast)
    assert "Nothing waits." in words_of(officer.get("/partners/VDAB/"))
    granted(cast)
    assert "signature of the partner" in words_of(officer.get("/partners/VDAB/"))


def test_the_keeper_sees_no_draft_and_the_partner_does(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    draft = drafted(cast, kind=RequestKind.NEW)
    assert draft.code not in words_of(client_of("officer").get("/partners/VDAB/"))
    words = words_of(client_of("vdab-requester").get("/portal/standing/"))
    assert draft.code in words
    assert "complete it and submit it" in words


def test_a_partner_sees_its_own_standing_and_nothing_of_anothers(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    made = instrument(ends=ENDS)
    counted(MonthCount, partner="VDAB", count=123_456)
    request = submitted(cast)
    own = words_of(client_of("vdab-dpo").get("/portal/standing/"))
    for told in (made.code, "123,456", request.code, "Waits for you"):
        assert told in own
    vmsw = client_of("vmsw-requester")
    for address in ("/portal/standing/", "/portal/standing/?partner=VDAB", "/portal/standing/calendar.ics"):
        page = vmsw.get(address).content.decode().replace("?partner=VDAB", "").replace("partner%3DVDAB", "")
        for trace in ("VDAB", made.code, "123,456", request.code):
            assert trace not in page
    assert vmsw.get("/partners/VDAB/").status_code == 403


def test_the_list_asks_the_same_few_questions_however_many_partners_there_are(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    instrument(ends=now() + timedelta(days=5))
    counted(MonthCount, count=1)
    officer.get("/partners/")
    with django_assert_max_num_queries(16):
        officer.get("/partners/")
