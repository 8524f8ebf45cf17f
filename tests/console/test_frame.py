"""The frame around every page, and the pages for what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import bad_request, permission_denied, server_error

from compliance.console import exchange_page
from compliance.console.exchange_page import TooSlowError
from compliance.console.presenters.problem import present_problem
from compliance.kernel.errors import AnonymousActError, ConflictError, NotFoundError, UnavailableError
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
PARTNERS = (
    "exchanges",
    "statistics",
    "standing",
    "questions",
    "authorisations",
    "requests",
    "connection",
    "proof",
    "events",
)


@pytest.mark.parametrize(
    ("username", "destinations"),
    [
        (
            "officer",
            [
                "cases/",
                "exchanges/",
                "statistics/",
                "partners/",
                "questions/",
                "authorisations/",
                "requests/",
                "connections/",
                "proof/",
                "detectors/",
                "samples/",
                "review/",
                "oversight/",
                "jobs/",
            ],
        ),
        (
            "operator",
            [
                "statistics/",
                "partners/",
                "authorisations/",
                "requests/",
                "connections/",
                "proof/",
                "jobs/",
                "clients/",
                "webhooks/",
                "register/",
            ],
        ),
        ("vdab-dpo", [f"portal/{one}/" for one in PARTNERS]),
        ("vmsw-requester", [f"portal/{one}/" for one in (*PARTNERS, "people")]),
        ("nobody", []),
    ],
)
def test_the_navigation_holds_only_where_the_reader_may_go(
    client_of: ClientOf, username: str, destinations: list[str]
) -> None:
    client = client_of(username)
    html = client.get("/", follow=True).content.decode()
    nav = html.partition('<nav class="nav"')[2].partition("</nav>")[0]
    for destination in destinations:
        assert f'href="/{destination}"' in nav
    assert nav.count("href=") == len(destinations) + 1


def test_the_frame_names_the_controller_and_what_is_never_shown(client_of: ClientOf) -> None:
    words = words_of(client_of("officer").get("/"))
    assert "Controller of the Crossroads Bank for Civic Integration since 16 July 2016" in words
    assert "No exchange has been recorded yet." in words


@pytest.mark.parametrize("address", ["/", "/exchanges/", "/statistics/", "/sign-in/", "/oversight/"])
def test_no_page_is_kept_in_a_cache(client_of: ClientOf, address: str) -> None:
    assert "no-store" in client_of("officer").get(address).headers["Cache-Control"]


def test_an_address_that_does_not_exist_is_answered_with_words() -> None:
    answer = Client(headers={"accept-language": "fr"}).get("/no-such-address")
    assert answer.status_code == 404
    assert "rien ici que vous puissiez voir" in words_of(answer)
    assert "/" in addresses_in(answer)


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_pages_for_errors_need_nothing_that_may_be_broken(language: str) -> None:
    request = RequestFactory().get("/")
    with override(language):
        assert server_error(request).status_code == 500
        assert bad_request(request, ValueError()).status_code == 400
        assert permission_denied(request, ValueError()).status_code == 403


def test_every_error_has_its_words() -> None:
    errors = [NotFoundError(), ConflictError(), UnavailableError(), AnonymousActError(), TooSlowError()]
    with override("en"):
        titles = {present_problem(error).title for error in errors}
    assert len(titles) == len(errors)


def test_a_search_that_takes_too_long_is_stopped_and_says_what_to_do(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = client_of("officer")
    monkeypatch.setattr(exchange_page, "_older", _slow)
    monkeypatch.setattr(exchange_page, "PATIENCE", "10ms")
    answer = officer.get("/exchanges/")
    assert answer.status_code == 503
    assert "choose a partner or a shorter period" in words_of(answer)


def _slow(*_: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    return None
