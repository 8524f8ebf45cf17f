"""An administrator makes a system and gives it a key with the keyboard alone, on a phone's width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from compliance.access.models import ClientCredential, MachineClient
from tests.screens.looking import NARROW, complaints_of, faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser import NewPage
    from tests.screens.world import World

pytestmark = pytest.mark.browser
MOST_STEPS = 60


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The Tab key never gets there.")


def test_a_system_gets_its_first_key_without_a_mouse(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["vdab-requester"], viewport=NARROW, locale="en")
    complaints = complaints_of(page)
    page.goto("/portal/clients/")
    reach(page, page.get_by_role("link", name="Make a system"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Name of the system"))
    page.keyboard.type("batch")
    reach(page, page.get_by_label("Record exchanges for the organisations"))
    page.keyboard.press("Space")
    reach(page, page.get_by_label("Why"))
    page.keyboard.type("connection to production")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/portal/clients/vdab.batch/$"))
    reach(page, page.get_by_role("link", name="Make a secret"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Label"))
    page.keyboard.type("spring")
    reach(page, page.get_by_label("Why"))
    page.keyboard.type("its first key")
    page.keyboard.press("Enter")
    expect(page.locator("#secret")).to_have_text(re.compile("^kbs_"))
    assert not [*complaints, *faults_of(page)]
    assert MachineClient.objects.get(name="vdab.batch").scopes == ["exchanges:report"]
    assert ClientCredential.objects.get().label == "spring"
