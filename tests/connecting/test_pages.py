"""The boards of partners being connected, and the list of municipalities, as people see them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.html import escape

from compliance.connecting.load_examples import load_examples
from compliance.connecting.models import Connection
from compliance.connecting.vocabulary import Step
from compliance.kernel.clock import now
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.models import ConnectionPeriod
from tests.connecting.partners import OCMW, WHY, authorised, begun, brought_to, passed, person_of
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
BOARD = f"/connections/{OCMW}/"


@pytest.fixture
def operator(client_of: ClientOf) -> Client:
    """Return the operator's browser."""
    return client_of("operator")


@pytest.fixture
def examples(cast: Mapping[str, Account]) -> None:
    """Load the examples."""
    load_examples()


def boards_in(client: Client, address: str) -> set[str]:
    """Return whose boards a page leads to."""
    found = (re.fullmatch(r"/connections/([A-Z0-9-]+)/", link) for link in addresses_in(client.get(address)))
    return {match[1] for match in found if match}


def test_everyone_on_the_way_stands_in_the_column_of_its_step(operator: Client, examples: None) -> None:
    assert boards_in(operator, "/connections/") == set(Connection.objects.values_list("organisation__code", flat=True))
    words = words_of(operator.get("/connections/"))
    for column in ("In analysis", "In acceptance", "Testing", "Ready for production", "In production"):
        assert column in words


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("step=analysis", {"OCMW-35013", "OCMW-36015"}),
        ("step=connected&route=MAGDA", {"OCMW-GENT", "VDAB", "VMSW"}),
        ("vendor=LEVERANCIER-B&step=acceptance", {"OCMW-71016", "OCMW-23088"}),
        ("late=yes", {"OCMW-46021", "OCMW-23088"}),
        ("late=yes&vendor=LEVERANCIER-A", {"OCMW-46021"}),
        ("step=nonsense", set()),
    ],
)
def test_the_board_is_narrowed(operator: Client, examples: None, asked: str, kept: set[str]) -> None:
    assert boards_in(operator, f"/connections/?{asked}") == kept


def test_the_board_costs_the_same_however_many_there_are(
    operator: Client, examples: None, django_assert_max_num_queries: object
) -> None:
    operator.get("/connections/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # it is a function that makes a context
        operator.get("/connections/")


def test_a_partner_is_begun_planned_confirmed_and_gone_back_with(operator: Client, cast: Mapping[str, Account]) -> None:
    page = operator.get("/connections/begin/")
    assert "OCMW Mechelen" not in words_of(operator.get("/connections/"))
    assert "PCSW Mechelen" in page.content.decode()
    fields = {"organisation": _pk(OCMW), "route": _route("MAGDA-KSZ"), "reason": WHY}
    assert operator.post("/connections/begin/", fields)["location"] == BOARD
    planned = {"move": "plan", "seen": "analysis", "planned_on": "2020-01-01", "responsible_name": "Somebody"}
    assert operator.post(f"{BOARD}move", planned)["location"] == BOARD
    words = words_of(operator.get(BOARD))
    assert "Late" in words or "late" in words
    assert "Somebody" in words
    confirmed = {"move": "confirm", "seen": "analysis", "reason": WHY}
    assert operator.post(f"{BOARD}move", confirmed).status_code == 302
    assert Connection.objects.get().step == Step.ACCEPTANCE
    back = {"move": "back", "seen": "acceptance", "to": "analysis", "reason": WHY}
    assert operator.post(f"{BOARD}move", back).status_code == 302
    assert "Gone back: analysis" in words_of(operator.get(BOARD))


def _pk(code: str) -> int:
    return person_of(code).organisation_id or 0


def _route(code: str) -> int:
    return int(ConnectionPeriod.objects.filter(route__code=code).values_list("route", flat=True)[0])


def test_what_cannot_be_done_is_said_beside_what_was_typed(operator: Client, cast: Mapping[str, Account]) -> None:
    brought_to(begun(cast), Step.PRODUCTION, cast)
    page = operator.get(BOARD)
    assert "No authorisation in force names this partner, its route and production." in words_of(page)
    typed = "A reason that took a long time to write"
    answer = operator.post(f"{BOARD}move", {"move": "confirm", "seen": "production", "reason": typed})
    assert answer.status_code == 422
    assert typed in words_of(answer)
    assert '<details class="move" open>' in answer.content.decode()
    short = operator.post(f"{BOARD}move", {"move": "back", "seen": "production", "to": "analysis", "reason": "no"})
    assert short.status_code == 422
    late = operator.post(f"{BOARD}move", {"move": "confirm", "seen": "analysis", "reason": typed})
    assert "Somebody else moved this connection meanwhile" in words_of(late)
    assert operator.post(f"{BOARD}move", {"move": "fly", "seen": "analysis"}).status_code == 404


def test_production_is_reached_on_the_page(operator: Client, cast: Mapping[str, Account]) -> None:
    authorised()
    brought_to(begun(cast), Step.PRODUCTION, cast)
    operator.post(f"{BOARD}move", {"move": "confirm", "seen": "production", "reason": WHY})
    assert ConnectionPeriod.objects.filter(organisation__code=OCMW, connected_until=None).exists()
    assert "In production since" in words_of(operator.get(BOARD))


def test_an_officer_reads_and_moves_nothing(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    begun(cast)
    officer = client_of("officer")
    assert 'name="move"' not in officer.get(BOARD).content.decode()
    assert officer.get("/connections/NOBODY/").status_code == 404


# --- the portal


def browser(account: Account) -> Client:
    """Sign somebody in who is not of the cast."""
    from django.test import Client  # noqa: PLC0415 - only here

    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_partner_sees_its_board_and_says_ready(cast: Mapping[str, Account]) -> None:
    begun(cast)
    own = browser(person_of(OCMW))
    assert "PCSW Mechelen" in words_of(own.get("/portal/connection/"))
    ready = reverse("portal-connection-ready", args=[OCMW])
    with_number = own.post(ready, {"seen": "analysis", "remark": "about 46419900128"})
    assert "This holds a national number." in words_of(with_number)
    assert own.post(ready, {"seen": "analysis", "remark": "Our manual is done"}).status_code == 302
    assert "ready, to be confirmed" in words_of(own.get("/portal/connection/"))
    again = own.post(ready, {"seen": "analysis"})
    assert again.status_code == 422


def test_a_vendor_sees_each_of_its_partners_apart_and_no_others(cast: Mapping[str, Account]) -> None:
    begun(cast)
    begun(cast, "OCMW-31005")
    begun(cast, "OCMW-11001", vendor="LEVERANCIER-B")
    vendor = browser(person_of("LEVERANCIER-A"))
    page = vendor.get("/portal/connection/")
    links = {link for link in addresses_in(page) if link.startswith("/portal/connection/O")}
    assert links == {f"/portal/connection/{OCMW}/", "/portal/connection/OCMW-31005/"}
    assert "Brugge" not in words_of(vendor.get(f"/portal/connection/{OCMW}/"))
    assert vendor.get("/portal/connection/OCMW-11001/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/portal/connection/", "/portal/self-test/", "/portal/self-test/?sample=VDAB", "/portal/self-test/?sample=VMSW"],
)
def test_vmsw_sees_nothing_of_vdabs_connection(client_of: ClientOf, examples: None, address: str) -> None:
    answer = client_of("vmsw-requester").get(address)
    assert answer.status_code == 200
    assert "VDAB" not in answer.content.decode().replace(escape(address), "")


def test_anothers_board_looks_the_same_as_none(client_of: ClientOf, examples: None) -> None:
    vmsw = client_of("vmsw-requester")
    there, nowhere = vmsw.get("/portal/connection/VDAB/"), vmsw.get("/portal/connection/OCMW-11001/")
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)
    assert vmsw.post("/portal/connection/VDAB/ready", {"seen": "analysis"}).status_code == 404


# --- municipalities


def rows_of(client: Client, asked: str = "") -> list[dict[str, str]]:
    """Return the rows of the CSV file."""
    answer = client.get(f"/municipalities/file?{asked}")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_all_three_hundred_are_there_with_their_province_and_code(operator: Client, examples: None) -> None:
    page = operator.get("/municipalities/")
    words = words_of(page)
    assert "300 of 300 municipalities." in words
    rows = rows_of(operator)
    assert len(rows) == 300
    assert {row["OCMW"] for row in rows} >= {"OCMW-GENT", "OCMW-11001", "OCMW-44083"}
    assert "OCMW-44011" not in {row["OCMW"] for row in rows}
    ghent = next(row for row in rows if row["NIS code"] == "44021")
    assert (ghent["How far"], ghent["Route"]) == ("in production", "MAGDA platform")
    assert ghent["In production since"] == "2015-03-01"
    assert ghent["Province"] == "East Flanders"


@pytest.mark.parametrize(("division", "count"), [("2018", 308), ("2025", 285)])
def test_another_division_of_the_region_can_be_chosen(operator: Client, division: str, count: int) -> None:
    assert len(rows_of(operator, f"division={division}")) == count


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("search=gent", {"Gent"}),
        ("search=44021", {"Gent"}),
        ("search=bruges", {"Brugge"}),
        ("progress=production", {"Turnhout"}),
        ("progress=connected&route=MAGDA", {"Gent"}),
        ("progress=acceptance&province=70000", {"Genk"}),
        ("province=nonsense", set()),
        ("search=nowhere", set()),
    ],
)
def test_the_list_is_narrowed(operator: Client, examples: None, asked: str, names: set[str]) -> None:
    assert {row["Municipality"] for row in rows_of(operator, asked)} == names
    assert f"{len(names)} of 300 municipalities." in words_of(operator.get(f"/municipalities/?{asked}"))


def test_totals_are_of_all_and_add_up(operator: Client, examples: None) -> None:
    words = words_of(operator.get("/municipalities/?search=gent"))
    assert "4 In production" in words
    assert "289 Not begun" in words


def test_the_map_says_in_words_what_it_shows(operator: Client, examples: None) -> None:
    html = operator.get("/municipalities/").content.decode()
    assert html.count('<rect class="tile tile--') == 300 + 6  # and the legend
    assert "Gent: in production" in html
    assert "West Flanders: not begun" in html


def test_a_download_is_recorded(operator: Client) -> None:
    rows_of(operator)
    act = Act.objects.get(kind=ActKind.REPORT_EXPORTED)
    assert (act.actor, act.at.date()) == ("operator", now().date())


# --- the self-test on a page


def test_the_example_of_the_own_organisation_is_covered_when_it_is_sent_back(
    client_of: ClientOf, examples: None
) -> None:
    vdab = client_of("vdab-requester")
    page = vdab.get("/portal/self-test/?sample=VDAB")
    sample = page.context["form"].initial["samples"]
    answer = vdab.post("/portal/self-test/", {"samples": sample})
    words = words_of(answer)
    assert answer.status_code == 200
    assert "1 sample, of which 1 would be recorded. Nothing was recorded now." in words
    assert "Covered" in words or "covered" in words


def test_what_was_pasted_comes_back_without_numbers_that_could_be_somebodys(client_of: ClientOf) -> None:
    answer = client_of("vdab-requester").post("/portal/self-test/", {"samples": '{"dossier": "85073003328"}'})
    html = answer.content.decode()
    assert "85073003328" not in html
    assert "..........." in html
    assert "outside the test range" in html


@pytest.mark.parametrize("samples", ["", "   ", "[1,"])
def test_what_holds_no_sample_is_said_beside_the_field(client_of: ClientOf, samples: str) -> None:
    answer = client_of("vdab-requester").post("/portal/self-test/", {"samples": samples})
    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()


def test_a_file_is_read_as_well(client_of: ClientOf) -> None:
    file = io.BytesIO(b'{"message_reference": 1}\n{"message_reference": 2}')
    file.name = "samples.ndjson"
    answer = client_of("vdab-requester").post("/portal/self-test/", {"file": file})
    assert "2 samples, of which 0 would be recorded." in words_of(answer)


def test_a_complete_checklist_lets_the_partner_say_ready(cast: Mapping[str, Account]) -> None:
    one = brought_to(begun(cast), Step.TESTS_PASSED, cast)
    own = browser(person_of(OCMW))
    assert "Our part is done" not in words_of(own.get("/portal/connection/"))
    passed(one)
    assert "Our part is done" in words_of(own.get("/portal/connection/"))
