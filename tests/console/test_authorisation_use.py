"""What an authorisation allows beside what is used, and the amendment that is drafted from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.notices.models import Notice
from compliance.oversight.models import Act
from compliance.statistics.vocabulary import UseKind
from tests.console.reading import addresses_in, words_of
from tests.console.test_authorisations import instrument
from tests.console.uses import VDAB, quarter_of_vdab, used

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
PAGE = f"/authorisations/{VDAB}/use/"
FIRST = f"{PAGE}?quarter=2016-Q1"
DRAFT = f"/authorisations/{VDAB}/use/amendment"


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def test_what_is_used_unused_and_beyond_stands_in_three_lists(officer: Client) -> None:
    quarter_of_vdab()
    words = words_of(officer.get(PAGE))
    assert "1,237 exchanges in production were judged by this version: 1,234 covered, 3 not" in words
    assert "Data categories that were used: 2 of 9." in words
    beyond, unused, used_ = (
        words.index(head) for head in ("Used beyond it", "Allowed, and not used", "Allowed, and used")
    )
    assert "Exemption for medical reasons" in words[beyond:unused]
    assert "Counsellor" in words[unused:used_]
    assert "1,234 given: 1,200" in words[used_:]
    assert "Tuesday" in words[used_:]
    assert "77 exchanges in acceptance" in words
    assert "/exchanges/?from=2016-01-01&until=2016-03-31&partner=VDAB&verdict=not-covered" in addresses_in(
        officer.get(PAGE)
    )


def test_what_is_not_used_now_says_when_it_last_was(officer: Client) -> None:
    quarter_of_vdab()
    used(UseKind.REQUESTED, "COUNSELLOR", month=date(2015, 2, 1))
    words = words_of(officer.get(FIRST))
    unused = words[words.index("Allowed, and not used") : words.index("Allowed, and used What")]
    assert "February 2015" in unused
    assert "never" in unused


def test_the_newest_quarter_with_exchanges_is_shown_and_another_can_be_chosen(officer: Client) -> None:
    quarter_of_vdab()
    assert "1st quarter 2016" in words_of(officer.get(PAGE))
    earlier = words_of(officer.get(f"{PAGE}?quarter=2015-Q2"))
    assert "No exchange in production was judged by this version in the 2nd quarter 2015." in earlier
    assert officer.get(f"{PAGE}?quarter=never&version=x").status_code == 200


def test_the_version_of_the_quarters_end_is_compared_and_others_can_be_chosen(officer: Client) -> None:
    quarter_of_vdab()
    used(UseKind.EXCHANGE, authorisation=f"{VDAB}/2", month=date(2016, 5, 1), count=9)
    assert "version 2" in words_of(officer.get(f"{PAGE}?quarter=2016-Q2"))
    assert "version 1" in words_of(officer.get(FIRST))
    assert officer.get(f"{PAGE}?version=3").status_code == 404
    assert officer.get("/authorisations/NO-SUCH/use/").status_code == 404


def test_quarters_are_drawn_with_a_table_beside_them(officer: Client) -> None:
    quarter_of_vdab()
    used(UseKind.EXCHANGE, month=date(2015, 11, 1), count=50)
    page = officer.get(FIRST)
    assert "4th quarter 2015 50 0 100.0%" in words_of(page)
    assert "1st quarter 2016 1,234 3 99.8%" in words_of(page)
    assert b'class="chart-bar"' in page.content


def test_an_officer_drafts_for_the_partner_which_is_told(officer: Client, client_of: ClientOf) -> None:
    used(UseKind.EXCHANGE, authorisation=f"{VDAB}/2", month=date(2018, 11, 1))
    used(UseKind.SERVICE, "KBI-DOSSIER/2.0", authorisation=f"{VDAB}/2", month=date(2018, 11, 1))
    used(UseKind.REQUESTED, "IDENTIFICATION", authorisation=f"{VDAB}/2", month=date(2018, 11, 1))
    answer = officer.post(f"{DRAFT}?quarter=2018-Q4", {"leave_out": "on"}, follow=True)
    request = AuthorisationRequest.objects.get()
    assert f"Draft {request.code} was made for VDAB" in words_of(answer)
    assert (request.organisation.code, request.state, request.kind) == ("VDAB", "draft", "renewal")
    assert request.said.data.services == ("KBI-DOSSIER",)
    assert request.said.categories == ("IDENTIFICATION",)
    assert request.said.purposes.purposes == ("JOB-MEDIATION", "JOB-TRAINING"), "a list of which nothing is known stays"
    told = Notice.objects.get()
    assert (told.recipient.username, told.address) == ("vdab-requester", f"/portal/requests/{request.code}/")
    assert Act.objects.get(kind="request:drafted").actor == "officer"


def test_what_went_beyond_is_added_when_that_is_asked(officer: Client) -> None:
    later: dict[str, Any] = {"authorisation": f"{VDAB}/2", "month": date(2018, 11, 1)}
    used(UseKind.EXCHANGE, verdict="category-outside", **later)
    used(UseKind.REASON, "category-outside/MEDICAL-EXEMPTION", verdict="category-outside", **later)
    officer.post(f"{DRAFT}?quarter=2018-Q4", {"add": "on"})
    said = AuthorisationRequest.objects.get().said
    assert said.categories[-1] == "MEDICAL-EXEMPTION"
    assert len(said.categories) == 14
    assert not said.data.categories[-1].why, "why it is needed is the partner's to say"


def test_an_amendment_that_changes_nothing_is_not_drafted(officer: Client) -> None:
    quarter_of_vdab()
    answer = officer.post(DRAFT, {})
    assert answer.status_code == 400
    assert not AuthorisationRequest.objects.exists()


def test_what_names_several_organisations_is_not_amended_for_one(officer: Client) -> None:
    made = instrument(
        recipients=["VDAB", "VMSW"], services=["KBI-DOSSIER"], categories=["IDENTIFICATION", "CONTACT", "TRAJECTORY"]
    )
    used(UseKind.EXCHANGE, authorisation=f"{made.code}/1", month=date(2026, 2, 1))
    used(UseKind.REQUESTED, "CONTACT", authorisation=f"{made.code}/1", month=date(2026, 2, 1))
    of_vmsw: dict[str, Any] = {"authorisation": f"{made.code}/1", "month": date(2026, 2, 1), "partner": "VMSW"}
    used(UseKind.EXCHANGE, count=4, **of_vmsw)
    used(UseKind.REQUESTED, "IDENTIFICATION", 4, **of_vmsw)
    page = words_of(officer.get(f"/authorisations/{made.code}/use/?quarter=2026-Q1"))
    assert "names several organisations" in page
    assert "Draft the amendment" not in page
    assert officer.post(f"/authorisations/{made.code}/use/amendment", {"leave_out": "on"}).status_code == 409
    only = words_of(officer.get(f"/authorisations/{made.code}/use/?quarter=2026-Q1&partner=VMSW"))
    assert "Data categories that were used: 1 of 3." in only


def test_an_auditor_reads_and_does_not_draft(client_of: ClientOf) -> None:
    quarter_of_vdab()
    auditor = client_of("auditor")
    assert "Draft the amendment" not in words_of(auditor.get(f"{PAGE}?quarter=2016-Q1"))
    assert auditor.post(DRAFT, {"leave_out": "on"}).status_code == 403


def test_the_page_of_an_authorisation_leads_to_its_use(officer: Client) -> None:
    assert PAGE in addresses_in(officer.get(f"/authorisations/{VDAB}/1/"))
    assert Authorisation.objects.filter(code=VDAB).exists()


def test_a_page_asks_the_same_few_questions_however_much_was_used(
    officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    quarter_of_vdab()
    officer.get(PAGE)
    with django_assert_max_num_queries(24):
        officer.get(PAGE)
