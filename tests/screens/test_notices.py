"""Notices in the browser: read, opened and marked with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from compliance.notices.mark_read import mark_all_read
from compliance.notices.models import Notice
from tests.notices.telling import told

if TYPE_CHECKING:
    from tests.browser import NewPage
    from tests.screens.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_somebody_reads_what_they_were_told(new_page: NewPage, world: World, script: bool) -> None:  # noqa: FBT001 - a parameter
    dpo = world.cast["vdab-dpo"]
    mark_all_read(account=dpo, until=Notice.objects.latest("pk").pk)
    for key in ("first", "second"):
        told([dpo], key=key, address="/portal/statistics/")
    page = new_page(account=dpo, java_script_enabled=script)
    page.goto("/portal/")
    page.get_by_role("link", name="2 ongelezen meldingen").click()
    expect(page).to_have_title(re.compile("2 ongelezen meldingen"))

    page.get_by_role("button", name=re.compile("Markeer als gelezen")).last.click()
    expect(page.get_by_role("heading", name="1 ongelezen melding", exact=True)).to_be_visible()

    page.get_by_role("button", name=re.compile("^Ongelezen:")).click()
    expect(page).to_have_url(re.compile("/portal/statistics/"))
    expect(page.get_by_role("link", name="Geen ongelezen meldingen")).to_be_visible()
