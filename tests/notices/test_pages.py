"""Notices in the service: everybody's own, counted on every page, opened and marked by who was told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.access.models import Account
from compliance.console import notice_page
from compliance.kernel.clock import now
from compliance.notices.models import MailPreference, Notice
from compliance.notices.unread import MOST_COUNTED, unread_count
from compliance.notices.vocabulary import MailWhen
from tests.console.reading import addresses_in, table_of, words_of
from tests.notices.telling import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from tests.console.conftest import ClientOf

    People = Mapping[str, Account]

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo(client_of: ClientOf) -> Client:
    """Return the browser of VDAB's data protection officer."""
    return client_of("vdab-dpo")


def test_nobody_sees_what_another_was_told(client_of: ClientOf, people: People, dpo: Client) -> None:
    told([people["vdab-dpo"]], title="A secret of VDAB")
    notice = Notice.objects.get()
    assert "A secret of VDAB" in words_of(dpo.get("/notices/"))
    for username in set(people) - {"vdab-dpo"}:
        client = client_of(username)
        page = client.get("/notices/")
        assert "No notices yet" in words_of(page)
        assert "secret" not in page.content.decode()
        for way in ("open", "read"):
            there, nowhere = (client.post(f"/notices/{number}/{way}") for number in (notice.pk, notice.pk + 1))
            assert there.status_code == nowhere.status_code == 404
            assert words_of(there) == words_of(nowhere)
        client.post("/notices/read", {"newest": notice.pk})
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_a_notice_goes_to_its_address_and_marks_it_read(people: People, dpo: Client) -> None:
    told([people["vdab-dpo"], people["vdab-requester"]], address="/portal/authorisations/")
    notice = Notice.objects.get(recipient=people["vdab-dpo"])
    answer = dpo.post(f"/notices/{notice.pk}/open")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/portal/authorisations/")
    assert [one.recipient.username for one in Notice.objects.unread()] == ["vdab-requester"]
    read_at = Notice.objects.get(pk=notice.pk).read_at
    dpo.post(f"/notices/{notice.pk}/open")
    assert Notice.objects.get(pk=notice.pk).read_at == read_at  # when it was read first


def test_a_notice_is_not_read_by_looking_at_the_list_or_following_an_address(people: People, dpo: Client) -> None:
    told([people["vdab-dpo"]])
    notice = Notice.objects.get()
    dpo.get("/notices/")
    assert dpo.get(f"/notices/{notice.pk}/open").status_code == 405
    assert dpo.get("/notices/read").status_code == 405
    assert Notice.objects.unread().exists()


def test_all_are_marked_read_but_what_came_since_the_page_was_shown(people: People, dpo: Client) -> None:
    for key in ("a", "b"):
        told([people["vdab-dpo"]], key=key)
    page = dpo.get("/notices/").content.decode()
    newest = re.search(r'name="newest" value="(\d+)"', page)
    assert newest is not None
    told([people["vdab-dpo"]], key="c")
    assert dpo.post("/notices/read", {"newest": newest[1]}).status_code == 302
    assert [notice.key for notice in Notice.objects.unread()] == ["c"]
    assert dpo.post("/notices/read", {"newest": "all"}).status_code == 302
    assert Notice.objects.unread().count() == 1


def test_what_was_not_read_comes_first_and_each_day_has_its_heading(people: People, dpo: Client) -> None:
    for number, title in enumerate(("Oldest", "Older", "Newest")):
        told([people["vdab-dpo"]], key=title, title=title)
        at = now() - timedelta(days=10 * (2 - number))
        Notice.objects.filter(key=title).update(made_at=at)
    dpo.post(f"/notices/{Notice.objects.get(key='Newest').pk}/read")
    words = words_of(dpo.get("/notices/"))
    assert words.index("Older") < words.index("Oldest") < words.index("Read before") < words.index("Newest")
    assert len(re.findall(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ \d{4}", words)) == 3


def test_older_notices_follow_on_the_next_page_without_loss(
    people: People, dpo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_page, "READ_SHOWN", 2)
    for number in range(5):
        told([people["vdab-dpo"]], key=str(number), code=f"AV-{number}")
    dpo.post("/notices/read", {"newest": Notice.objects.latest("pk").pk})
    told([people["vdab-dpo"]], key="new", code="AV-9")
    seen, address = [], "/notices/"
    while address:
        page = dpo.get(address)
        seen += re.findall(r"AV-\d", words_of(page))
        address = next((one for one in addresses_in(page) if "before=" in one), "")
    assert [code for code in seen if code != "AV-9"] == ["AV-4", "AV-3", "AV-2", "AV-1", "AV-0"]
    assert "AV-9" in seen
    assert dpo.get("/notices/?before=nonsense").status_code == 200


@pytest.mark.parametrize(("username", "address"), [("officer", "/"), ("vdab-dpo", "/portal/"), ("nobody", "/")])
def test_every_page_counts_what_was_not_read(client_of: ClientOf, people: People, username: str, address: str) -> None:
    client = client_of(username)
    assert "No unread notices" in words_of(client.get(address))
    told([people[username]], key="a")
    assert "1 unread notice " in words_of(client.get(address))
    told([people[username]], key="b")
    page = client.get(address)
    assert "2 unread notices" in words_of(page)
    assert "/notices/" in addresses_in(page)


def test_the_frame_costs_one_query_more_and_an_index_answers_it(people: People, dpo: Client) -> None:
    for number in range(300):
        told([people["vdab-dpo"], people["officer"]], key=str(number))
    with CaptureQueriesContext(connection) as captured:
        dpo.get("/portal/authorisations/")
    asked = [query["sql"] for query in captured if table_of(query["sql"]) == "compliance_notice"]
    assert len(asked) == 1
    assert unread_count(people["vdab-dpo"]) == MOST_COUNTED
    assert "99+ unread notices" in words_of(dpo.get("/portal/authorisations/"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]}")
        assert "notice_unread" in str(cursor.fetchall())


def test_a_page_without_signing_in_has_no_bell(client_of: ClientOf) -> None:
    assert "unread" not in words_of(client_of("officer").__class__().get("/sign-in/"))


def test_a_choice_of_mail_is_kept_and_shown(people: People, dpo: Client) -> None:
    assert 'value="at-once" id="id_when_0" required checked' in dpo.get("/preferences/mail").content.decode()
    answer = dpo.post("/preferences/mail", {"when": "daily"}, follow=True)
    assert "Your choice was kept." in words_of(answer)
    assert "vdab-dpo@kbi.example" in words_of(answer)
    assert MailPreference.objects.get().when == MailWhen.DAILY
    assert 'value="daily" id="id_when_1" required checked' in answer.content.decode()


def test_the_hour_of_daily_mail_is_kept_and_shown(people: People, dpo: Client) -> None:
    dpo.post("/preferences/mail", {"when": "daily", "hour": "16"})
    assert MailPreference.objects.get(account=people["vdab-dpo"]).hour == 16
    assert '<option value="16" selected>16:00</option>' in dpo.get("/preferences/mail").content.decode()


@pytest.mark.parametrize("body", [{}, {"when": "hourly"}])
def test_a_choice_that_is_none_is_told_beside_the_question(people: People, dpo: Client, body: dict[str, str]) -> None:
    answer = dpo.post("/preferences/mail", body)
    assert answer.status_code == 422
    assert "Choose when we mail you." in words_of(answer)
    assert not MailPreference.objects.exists()


def test_who_cannot_be_mailed_reads_why(people: People, dpo: Client) -> None:
    MailPreference.objects.create(account=people["vdab-dpo"], unknown_address="vdab-dpo@kbi.example")
    assert "does not know this address" in words_of(dpo.get("/preferences/mail"))
    assert "does not know" not in words_of(dpo.post("/preferences/mail", {"when": "daily"}, follow=True))
    Account.objects.filter(username="vdab-dpo").update(email="")
    assert "has no mail address" in words_of(dpo.get("/preferences/mail"))
