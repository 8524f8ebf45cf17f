"""Whoever uses a keyboard gets everywhere, and quicker than with a mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import NewPage
    from tests.screens.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(new_page: NewPage, world: World) -> Page:
    """Return the officer's browser on the list of exchanges."""
    page = new_page(account=world.cast["officer"])
    page.goto("/exchanges/")
    return page


def test_signing_in_needs_no_mouse(page: Page, world: World) -> None:
    page.goto("/exchanges/")
    page.keyboard.type("officer")  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Uitwisselingen", exact=True)).to_be_visible()
    assert world.cast


def test_the_first_tab_skips_to_the_content(officer: Page) -> None:
    officer.keyboard.press("Tab")
    skip = officer.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    officer.keyboard.press("Enter")
    expect(officer.locator("#main")).to_be_focused()


def test_a_slash_goes_to_the_search_field_and_enter_searches(officer: Page) -> None:
    officer.keyboard.press("/")
    expect(officer.get_by_label("Berichtreferentie")).to_be_focused()
    officer.keyboard.type("VMSW-160312-0001")
    officer.keyboard.press("Enter")
    expect(officer).to_have_url(re.compile("reference=VMSW-160312-0001"))
    expect(officer.locator(".x-reference")).to_have_text(["VMSW-160312-0001"])


def test_two_keys_go_to_a_page_but_not_while_typing(officer: Page) -> None:
    officer.get_by_label("Berichtreferentie").focus()
    officer.keyboard.type("gf")
    expect(officer).to_have_url(re.compile("/exchanges/$"))
    officer.locator("#main").focus()
    officer.keyboard.type("gf")
    expect(officer).to_have_url(re.compile("/statistics/$"))


def test_a_question_mark_lists_the_shortcuts_which_can_be_switched_off(officer: Page) -> None:
    officer.keyboard.press("?")
    dialog = officer.get_by_role("dialog", name="Sneltoetsen")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Sneltoetsen staan aan").uncheck()
    officer.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    officer.keyboard.press("?")
    expect(dialog).to_be_hidden()
    officer.reload()
    officer.keyboard.type("gf")
    expect(officer).to_have_url(re.compile("/exchanges/$"))
    officer.get_by_role("button", name="Sneltoetsen").click()
    expect(dialog).to_be_visible()


def test_escape_closes_the_menu_of_the_person_and_keeps_the_place(officer: Page) -> None:
    menu = officer.locator("summary", has_text="officer")
    menu.focus()
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("button", name="Afmelden")).to_be_visible()
    officer.keyboard.press("Escape")
    expect(officer.get_by_role("button", name="Afmelden")).to_be_hidden()
    expect(menu).to_be_focused()


def test_what_has_the_focus_can_be_seen(officer: Page) -> None:
    for _time in range(12):
        officer.keyboard.press("Tab")
        width = officer.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, officer.evaluate("document.activeElement.outerHTML")
