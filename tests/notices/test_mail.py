"""What people are told is mailed: at least once, to them alone, however long mail is down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from compliance.access.models import Account
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.choose_mail import choose_mail
from compliance.notices.claim import SHORTEST_CLAIM, claim
from compliance.notices.due import next_digest, wait_after
from compliance.notices.mark_read import mark_read
from compliance.notices.models import Notice
from compliance.notices.send_mails import send_mails
from compliance.notices.vocabulary import MailWhen, NoticeKind
from kbi_audit.embedded.home import free_port
from tests.notices.mail_server import Fault
from tests.notices.telling import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_django import Settings

    from tests.notices.mail_server import MailServer

    People = Mapping[str, Account]

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_mail_says_in_the_readers_language_what_the_notice_says_and_where(
    people: People, mail_server: MailServer
) -> None:
    for username, language in (("officer", "en"), ("vdab-dpo", "nl")):
        Account.objects.filter(username=username).update(language=language)
    told([people["officer"], people["vdab-dpo"]], address="/portal/requests/7/")
    assert send_mails() == 2
    mails = {str(mail["To"]): mail for mail in mail_server.taken}
    english, dutch = mails["officer@kbi.example"], mails["vdab-dpo@kbi.example"]
    assert english["Subject"] == "KBI Audit: your advice is asked"
    assert english.get_content_type() == "text/plain"
    body = english.get_content().replace("\r\n", "\n")
    assert "Your advice is asked on request AV-2026-0001 of VDAB: Job mediation. Give it by 1 December 2026." in body
    assert "https://kbi-audit.example/portal/requests/7/\n" in body
    assert "https://kbi-audit.example/notices/\n" in body
    assert english["Auto-Submitted"] == "auto-generated"
    assert "1 december 2026" in dutch.get_content()
    assert all(notice.mailed_at and notice.mail_due_at is None for notice in Notice.objects.all())
    assert send_mails(at=now() + timedelta(days=9)) == 0


def test_what_is_due_together_for_one_person_goes_in_one_mail(people: People, mail_server: MailServer) -> None:
    for key in ("a", "b", "c"):
        told([people["officer"]], key=key, code=f"AV-{key}")
    told([people["vdab-dpo"]], code="AV-other")
    Account.objects.update(language="en")
    assert send_mails() == 2
    digest = next(mail for mail in mail_server.taken if mail["To"] == "officer@kbi.example")
    assert digest["Subject"] == "KBI Audit: 3 notices"
    assert all(f"AV-{key}" in digest.get_content() for key in ("a", "b", "c"))
    assert "AV-other" not in digest.get_content()


def test_while_the_server_is_away_everything_waits_and_then_goes(
    people: People, mail_server: MailServer, settings: Settings
) -> None:
    told([people["officer"], people["second-officer"]])
    at = now()
    settings.EMAIL_PORT = free_port()
    assert send_mails(at=at) == 0
    tried = Notice.objects.exclude(mail_attempts=0).get()  # the first in vain ends the run: the others wait for nothing
    assert (tried.mail_attempts, tried.mail_due_at, tried.mailed_at) == (1, at + MINUTE, None)
    settings.EMAIL_PORT = mail_server.port
    assert send_mails(at=at + MINUTE) == 2
    assert mail_server.recipients() == ["officer@kbi.example", "second-officer@kbi.example"]


@pytest.mark.parametrize(
    "fault",
    [Fault.DROPS_IN_MAIL, Fault.BUSY, Fault.REFUSES_MAIL, Fault.RELAY_DENIED, Fault.REFUSES_TO_TALK],
)
def test_mail_that_is_not_accepted_is_tried_again_later_and_later_for_ever(
    people: People, mail_server: MailServer, fault: Fault
) -> None:
    told([people["officer"]])
    at, mail_server.fault = now(), fault
    for attempts, wait in enumerate((1, 5, 15, 60, 360, 1440, 1440), start=1):
        assert send_mails(at=at) == 0
        notice = Notice.objects.get()
        assert (notice.mail_attempts, notice.mailed_at) == (attempts, None)
        assert notice.mail_due_at == at + timedelta(minutes=wait)
        assert send_mails(at=notice.mail_due_at - timedelta(seconds=1)) == 0
        at = notice.mail_due_at
    assert mail_server.taken == []
    mail_server.fault = Fault.NONE
    assert send_mails(at=at) == 1
    assert mail_server.recipients() == ["officer@kbi.example"]


def test_one_persons_failing_mail_keeps_nobody_elses(people: People, mail_server: MailServer) -> None:
    told([people[username] for username in ("auditor", "officer", "operator")])
    mail_server.fault, mail_server.fails_for = Fault.DROPS_IN_MAIL, "officer@"
    assert send_mails() == 2
    assert mail_server.recipients() == ["auditor@kbi.example", "operator@kbi.example"]


def test_mail_that_was_accepted_while_the_answer_was_lost_is_sent_twice_never_not_at_all(
    people: People, mail_server: MailServer
) -> None:
    told([people["officer"]])
    at, mail_server.fault = now(), Fault.DROPS_AFTER_TAKING
    assert send_mails(at=at) == 0
    mail_server.fault = Fault.NONE
    assert send_mails(at=at + MINUTE) == 1
    first, second = mail_server.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_what_a_sender_took_that_died_is_sent_by_another(people: People, mail_server: MailServer) -> None:
    told([people["officer"]])
    at = now()
    assert claim(at=at)  # and no more is heard of this sender
    assert send_mails(at=at + SHORTEST_CLAIM - timedelta(seconds=1)) == 0
    assert send_mails(at=at + SHORTEST_CLAIM) == 1
    assert len(mail_server.taken) == 1


def test_a_mail_that_kills_every_sender_is_tried_less_and_less(people: People) -> None:
    told([people["officer"]])
    at, waited = now(), []
    for _ in range(6):
        taken = claim(at=at)
        assert taken is not None
        waited.append((taken.until - at) // MINUTE)
        at = taken.until
    assert waited == [5, 5, 15, 60, 360, 1440]


@pytest.mark.django_db(transaction=True)
def test_senders_at_the_same_time_send_each_mail_once(people: People, mail_server: MailServer) -> None:
    for username in people:
        for key in ("a", "b"):
            told([people[username]], key=key)
    start, accepted = Barrier(3), []

    def send() -> None:
        start.wait(10)
        accepted.append(send_mails())
        connection.close()

    senders = [Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(30)
    identifiers = [str(mail["Message-ID"]) for mail in mail_server.taken]
    assert len(identifiers) == len(set(identifiers)) == sum(accepted)
    assert set(mail_server.recipients()) == {f"{username}@kbi.example" for username in people}
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_an_address_that_the_server_does_not_know_is_left_in_peace_until_it_is_mended(
    people: People, mail_server: MailServer
) -> None:
    officer = people["officer"]
    told([officer], key="a")
    mail_server.fault = Fault.NO_SUCH_ADDRESS
    assert send_mails() == 0
    told([officer], key="b")
    assert not Notice.objects.not_mailed().exists()
    mail_server.fault = Fault.NONE
    officer.email = "mended@kbi.example"
    officer.save()
    told([officer], key="c")
    assert send_mails() == 1
    choose_mail(account=officer, when=MailWhen.AT_ONCE)
    assert send_mails() == 1
    assert mail_server.recipients() == ["mended@kbi.example"] * 2
    assert Notice.objects.exclude(mailed_at=None).count() == 3


def test_people_without_an_address_and_people_who_left_get_no_mail(people: People, mail_server: MailServer) -> None:
    told([people["officer"], people["auditor"], people["operator"]])
    Account.objects.filter(username="officer").update(email="")
    Account.objects.filter(username="auditor").update(is_active=False)
    Account.objects.filter(username="vdab-dpo").update(email="")
    told([Account.objects.get(username="vdab-dpo")])
    assert send_mails() == 1
    assert mail_server.recipients() == ["operator@kbi.example"]
    assert not Notice.objects.not_mailed().exists()


def test_an_address_that_is_none_keeps_nobody_elses_mail(people: People, mail_server: MailServer) -> None:
    Account.objects.filter(username="auditor").update(email="not\nan address")
    told([Account.objects.get(username="auditor"), people["officer"]])
    assert send_mails() == 1
    assert mail_server.recipients() == ["officer@kbi.example"]


def test_who_chose_daily_mail_gets_one_a_day_of_what_was_not_read(people: People, mail_server: MailServer) -> None:
    officer = people["officer"]
    choose_mail(account=officer, when=MailWhen.DAILY)
    for key in ("a", "b", "c"):
        told([officer], key=key, code=f"AV-{key}")
    read = Notice.objects.get(key="b")
    mark_read(account=officer, notice_id=read.pk)
    assert send_mails() == 0
    assert send_mails(at=next_digest(now())) == 1
    [digest] = mail_server.taken
    assert "AV-a" in digest.get_content()
    assert "AV-c" in digest.get_content()
    assert "AV-b" not in digest.get_content()


def test_who_chose_no_mail_gets_none_and_who_chooses_otherwise_gets_what_was_not_read(
    people: People, mail_server: MailServer
) -> None:
    officer = people["officer"]
    told([officer], key="a")
    choose_mail(account=officer, when=MailWhen.NEVER)
    told([officer], key="b")
    assert send_mails(at=now() + timedelta(days=2)) == 0
    choose_mail(account=officer, when=MailWhen.AT_ONCE)
    assert send_mails() == 1
    assert mail_server.taken[0]["Subject"].startswith("KBI Audit: 2 ")


def test_a_run_ends_in_time(people: People, mail_server: MailServer) -> None:
    told([people["officer"]])
    assert send_mails(seconds=0) == 0
    assert Notice.objects.get().mail_attempts == 0


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.NO_SUCH_ADDRESS, Fault.REFUSES_MAIL])
def test_the_log_says_that_mail_fails_and_never_to_whom(people: People, mail_server: MailServer, fault: Fault) -> None:
    told([people["officer"]])
    mail_server.fault = fault
    with capture_logs() as events:
        send_mails()
    [event] = events
    assert event["event"] == ("mail_address_unknown" if fault is Fault.NO_SUCH_ADDRESS else "mail_not_sent")
    assert "officer" not in str(event)
    assert "@" not in str(event)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-23T06:59", "2026-11-23T07:00"),
        ("2026-11-23T07:00", "2026-11-24T07:00"),
        ("2026-03-28T12:00", "2026-03-29T07:00"),  # the clock goes forward that night
        ("2026-10-24T12:00", "2026-10-25T07:00"),  # and back
    ],
)
def test_daily_mail_goes_at_seven_by_the_clock_of_brussels(at: str, due: str) -> None:
    moment, expected = (datetime.fromisoformat(one).replace(tzinfo=BRUSSELS) for one in (at, due))
    assert next_digest(moment.astimezone(UTC)) == expected


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001 - made aware below
def test_daily_mail_is_at_most_a_day_and_an_hour_away(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    assert timedelta(0) < next_digest(at) - at <= timedelta(hours=25)


@given(st.integers(min_value=1, max_value=10_000))
def test_waits_never_become_shorter_nor_longer_than_a_day(attempts: int) -> None:
    assert MINUTE <= wait_after(attempts) <= wait_after(attempts + 1) <= timedelta(days=1)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_can_be_mailed(people: People, mail_server: MailServer, kind: NoticeKind) -> None:
    told([people["officer"]], kind=kind, title="Aanvraag van gegevens: \u20ac, \u00e9, 100 %")
    assert send_mails() == 1
