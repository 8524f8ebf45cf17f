"""An officer's day in one mail: once, at the chosen hour, with counts and codes and nothing about anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import connection

from compliance.cases.assign import assign
from compliance.cases.digest.send_digests import send_digests
from compliance.cases.open_case import open_case
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.vocabulary import CaseKind
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.choose_mail import choose_mail
from compliance.notices.models import Notice
from compliance.notices.send_mails import send_mails
from compliance.notices.vocabulary import MailWhen, NoticeKind
from tests.cases.questions.asking import asked
from tests.console.exchanges import INSZ, recorded
from tests.notices.telling import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.cases.models import Case

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db

TITLE = "Een verhaal dat niemand in een mail hoort te lezen"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def officer(cast: Cast) -> Account:
    """Return the officer, with an address, who reads English."""
    account = cast["officer"]
    account.email, account.language = "officer@kbi.example", "en"
    account.save(update_fields=["email", "language"])
    return account


def seven(*, days: int = 1, hour: int = 7) -> datetime:
    """Return an hour by the clock of Brussels, so many days from now."""
    day = now().astimezone(BRUSSELS).date() + timedelta(days=days)
    return datetime.combine(day, datetime.min.time().replace(hour=hour), BRUSSELS).astimezone(UTC)


def flagged(key: str = "a") -> Case:
    return open_case(kind=CaseKind.FLAGGED, key=key, severity=50, partner="VDAB", title=TITLE).case


def of_officer(notices: list[Notice]) -> list[Notice]:
    return [one for one in notices if one.recipient.username == "officer"]


def test_the_digest_counts_what_there_is(officer: Account) -> None:
    first, second = flagged("a"), flagged("b")
    assign(case=second, account=officer, to=officer)
    question = asked({"officer": officer}, exchanges=[recorded()])
    PartnerQuestion.objects.filter(pk=question.pk).update(due_at=question.asked_at)
    words = of_officer(send_digests(at=seven()))[0].words
    counted = {name: words[name] for name in ("new", "mine", "waiting", "second", "questions", "clocks")}
    assert counted == {"new": "1", "mine": "1", "waiting": "0", "second": "0", "questions": "1", "clocks": "0"}
    assert set(words["codes"].split(", ")) == {first.code, second.code}


def test_the_mail_holds_counts_codes_and_an_address_and_nothing_about_anybody(officer: Account) -> None:
    case = flagged()
    send_digests(at=seven())
    assert send_mails(at=seven()) == 1
    body = str(mail.outbox[0].body)
    assert case.code in body
    assert "/cases/" in body
    for trace in (TITLE, "VDAB", INSZ):
        assert trace not in body


def test_nothing_is_told_where_there_is_nothing(officer: Account) -> None:
    assert send_digests(at=seven()) == []
    flagged()
    assert of_officer(send_digests(at=seven() + timedelta(hours=3))) == []  # it belongs to the next day
    assert len(of_officer(send_digests(at=seven(days=2)))) == 1


def test_it_comes_once_a_day_at_the_chosen_hour(officer: Account) -> None:
    flagged()
    choose_mail(account=officer, when=MailWhen.DAILY, hour=10)
    assert of_officer(send_digests(at=seven())) == []
    assert of_officer(send_digests(at=seven(hour=10) - 6 * MINUTE)) == []
    assert len(of_officer(send_digests(at=seven(hour=10) - 5 * MINUTE))) == 1
    for later in (seven(hour=10), seven(hour=10) + MINUTE, seven(hour=23)):
        assert of_officer(send_digests(at=later)) == []
    assert len(of_officer(send_digests(at=seven(days=2, hour=10)))) == 1


def test_after_a_pause_it_still_comes_that_day(officer: Account) -> None:
    flagged()
    assert len(of_officer(send_digests(at=seven(hour=16)))) == 1


def test_who_wants_no_mail_gets_none(officer: Account) -> None:
    flagged()
    choose_mail(account=officer, when=MailWhen.NEVER)
    assert of_officer(send_digests(at=seven())) == []


def test_only_who_decides_cases_gets_one(cast: Cast) -> None:
    flagged()
    assert {one.recipient.username for one in send_digests(at=seven())} == {"officer", "second-officer"}


def test_what_is_urgent_does_not_wait_for_it(officer: Account) -> None:
    choose_mail(account=officer, when=MailWhen.DAILY, hour=7)
    calm = told([officer], kind=NoticeKind.CASE_ASSIGNED)[0]
    urgent = told([officer], kind=NoticeKind.BREACH_CLOCK_STARTED)[0]
    assert calm.mail_due_at is not None
    assert urgent.mail_due_at == urgent.made_at
    assert calm.mail_due_at > urgent.made_at
    choose_mail(account=officer, when=MailWhen.DAILY, hour=8)
    urgent.refresh_from_db()
    assert urgent.mail_due_at is not None
    assert urgent.mail_due_at <= now()


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_each_officer_once(officer: Account) -> None:
    flagged()
    at = seven()

    def run() -> None:
        try:
            send_digests(at=at)
        finally:
            connection.close()

    clocks = [Thread(target=run) for _ in range(3)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert Notice.objects.filter(kind=NoticeKind.OFFICER_DIGEST, recipient=officer).count() == 1
