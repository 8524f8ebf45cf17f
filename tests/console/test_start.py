"""The start pages say what needs attention."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.vocabulary import Opinion
from compliance.kernel.clock import now
from compliance.notices.models import Notice
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount
from tests.authorisations.requests import asking
from tests.console.exchanges import recorded
from tests.console.figures import counted
from tests.console.reading import addresses_in, words_of
from tests.notices.telling import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("officer", "What needs attention"),
        ("auditor", "Find, export, prove"),
        ("operator", "How the service does"),
        ("nobody", "You are signed in, but have no role yet"),
    ],
)
def test_each_role_reads_its_own_first_page(client_of: ClientOf, username: str, words: str) -> None:
    assert words in words_of(client_of(username).get("/"))


def test_partners_people_begin_in_the_portal(client_of: ClientOf) -> None:
    assert client_of("vdab-dpo").get("/").headers["Location"] == "/portal/"


def test_an_officer_reads_what_was_not_covered_by_partner_and_reason_with_the_list_behind_it(
    client_of: ClientOf,
) -> None:
    counted(HourCount, partner="VDAB", verdict="expired", count=7)
    counted(HourCount, partner="VDAB", verdict="no-authorisation", count=2)
    counted(HourCount, partner="VMSW", verdict="expired", count=1)
    counted(HourCount, partner="VMSW", count=90)
    page = client_of("officer").get("/")
    words = words_of(page)
    assert "10 of 100 exchanges (10.0%)" in words
    assert "The newest exchange is older" in words
    period = "from=2016-02-13&until=2016-03-12"
    assert f"/exchanges/?partner=VDAB&{period}&verdict=expired" in addresses_in(page)
    assert f"/exchanges/?{period}&verdict=not-covered" in addresses_in(page)


def test_the_four_weeks_end_now_while_exchanges_come_in(client_of: ClientOf) -> None:
    counted(HourCount, hour=now().replace(minute=0, second=0, microsecond=0), count=5)
    words = words_of(client_of("officer").get("/"))
    assert "Every exchange of these four weeks was covered" in words
    assert "The newest exchange is older" not in words


def test_an_officer_sees_the_identities_that_others_revealed(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    for username in ("officer", "second-officer"):
        actor = cast[username].actor
        record_act(actor=actor, kind=ActKind.IDENTITY_REVEALED, object_id=recorded(), reason=f"Case of {username}")
    words = words_of(client_of("officer").get("/"))
    assert "Case of second-officer" in words
    assert "Case of officer" not in words


def test_an_officer_sees_what_ends_within_ninety_days(client_of: ClientOf) -> None:
    instrument = Authorisation.objects.create(
        code="ENDING", kind="protocol", title_nl="t", title_en="A protocol that ends", title_fr="t"
    )
    AuthorisationVersion.objects.create(
        authorisation=instrument,
        number=1,
        provider="KBI",
        recipients=["VDAB"],
        valid_from=now() - timedelta(days=300),
        valid_until=now() + timedelta(days=30, hours=1),
        registered_at=now(),
        registered_by="operator",
        reason="test",
    )
    words = words_of(client_of("officer").get("/"))
    assert "A protocol that ends" in words
    assert "in 30 days" in words


def test_an_officer_sees_which_requests_wait_and_until_when(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    assert "Nothing waits for you." in words_of(client_of("officer").get("/"))
    request = asking.submitted(cast)
    page = client_of("officer").get("/")
    assert f"/requests/{request.code}/" in addresses_in(page)
    assert "Protocol voor arbeidsbemiddeling" in words_of(page)
    AuthorisationRequest.objects.update(state_since=now() - timedelta(days=200))
    assert "late: " in words_of(client_of("officer").get("/"))
    advise(request=request, account=cast["second-officer"], opinion=Opinion.POSITIVE, advice="Evenredig.")
    assert "Nothing waits for you." in words_of(client_of("officer").get("/"))


def test_the_figures_at_a_glance_have_a_chart_and_the_same_as_a_table(client_of: ClientOf) -> None:
    counted(MonthCount, count=1_234)
    counted(MonthCount, environment="acceptance", count=9)
    page = client_of("officer").get("/")
    assert "<svg" in page.content.decode()
    assert "March 2016 1,234" in words_of(page)


def test_an_auditor_reads_totals_and_since_when(client_of: ClientOf) -> None:
    recorded()
    counted(MonthCount, count=1_000)
    counted(MonthCount, verdict="expired", count=3)
    words = words_of(client_of("auditor").get("/"))
    assert "Every exchange since 12 March 2016" in words
    assert "1,003 exchanges and attempts" in words


def test_an_operator_reads_how_far_the_counts_are_and_how_many_months_are_ready(client_of: ClientOf) -> None:
    assert "No follower has started" in words_of(client_of("operator").get("/"))
    FollowerCursor.objects.create(follower="statistics", next_xid=1, moved_at=now())
    recorded()
    words = words_of(client_of("operator").get("/"))
    assert "transactions behind" in words
    assert "Room for the coming months" in words


def test_an_operator_reads_whether_mail_gets_away(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    operator = client_of("operator")
    assert "Every notice that is due was mailed." in words_of(operator.get("/"))
    cast["officer"].email = "officer@kbi.example"
    told([cast["officer"]])
    assert "Every notice that is due was mailed." in words_of(operator.get("/"))  # it was made just now
    Notice.objects.update(mail_attempts=1)
    assert "1 notice waits to be mailed, since" in words_of(operator.get("/"))
    Notice.objects.update(mail_attempts=0, mail_due_at=now() - timedelta(minutes=6))
    assert "1 notice waits to be mailed, since" in words_of(operator.get("/"))


def test_an_operator_sees_no_exchange(client_of: ClientOf) -> None:
    recorded()
    assert "VDAB-160312-0001" not in words_of(client_of("operator").get("/"))


def test_somebody_without_a_role_reads_whom_to_ask(client_of: ClientOf) -> None:
    page = client_of("nobody").get("/")
    assert "mailto:dpo@kbi.example" in addresses_in(page)


@pytest.mark.parametrize("username", ["officer", "auditor", "operator", "vdab-dpo"])
def test_a_first_page_without_any_exchange_stands_too(client_of: ClientOf, username: str) -> None:
    assert client_of(username).get("/", follow=True).status_code == 200
