"""The desk of requests in a browser: by keyboard and on a telephone, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.vocabulary import RequestState
from tests.authorisations.requests import asking
from tests.screens.looking import NARROW, complaints_of, faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

    from compliance.access.models import Account
    from tests.browser import NewPage

pytestmark = pytest.mark.browser


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until this field or button has the focus."""
    for _time in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(() => { const one = document.activeElement;"
            " return [one.textContent, ...[...(one.labels || [])].map((label) => label.textContent)].join(' '); })()"
        )
        if name in told:
            return
    pytest.fail(f"Tab does not come to {name}")


def test_advice_is_given_by_keyboard_on_a_telephone(
    new_page: NewPage, transactional_db: None, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    page = new_page(account=cast["officer"], viewport=NARROW)
    complaints = complaints_of(page)
    page.goto(f"/requests/{request.code}/")
    page.locator("#main").focus()
    _tab_to(page, "gunstig")
    page.keyboard.press("Space")
    _tab_to(page, "Advies")
    page.keyboard.type("Evenredig, en niet langer dan nodig.")
    _tab_to(page, "Geef dit advies")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Uw advies is genoteerd.")
    assert request.requestadvices.get().advice == "Evenredig, en niet langer dan nodig."
    assert not complaints


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_a_refusal_goes_past_what_lacks_and_past_a_second_question(
    new_page: NewPage, transactional_db: None, cast: Mapping[str, Account], *, script: bool
) -> None:
    request = asking.advised(cast)
    page = new_page(account=cast["second-officer"], viewport=NARROW, java_script_enabled=script)
    page.goto(f"/requests/{request.code}/")
    decide = page.locator("#act-decide")
    decide.get_by_label("Redenen").fill("Te ruim voor dit doel.")
    decide.get_by_role("button", name="Beslissen").click()
    expect(page.locator("#act-decide .errorlist")).to_contain_text("Kies er een.")
    expect(decide.get_by_label("Redenen")).to_have_value("Te ruim voor dit doel.")
    if script:
        assert not faults_of(page)
    decide.get_by_label("geweigerd").check()
    decide.get_by_role("button", name="Beslissen").click()
    expect(page.get_by_role("heading", name="Deze aanvraag weigeren?")).to_be_visible()
    if script:
        assert not faults_of(page)
    page.get_by_role("button", name="Terug, niets wijzigen").click()
    expect(decide.get_by_label("Redenen")).to_have_value("Te ruim voor dit doel.")
    decide.get_by_role("button", name="Beslissen").click()
    page.get_by_role("button", name="Weigeren").click()
    expect(page).to_have_url(re.compile(r"done=decide"))
    assert AuthorisationRequest.objects.get(pk=request.pk).state == RequestState.REFUSED
