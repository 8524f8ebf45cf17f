"""Every page, in two languages, light and dark, wide and narrow: axe and the browser find nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screens.looking import Colours, complaints_of, faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import NewPage
    from tests.screens.world import World

pytestmark = pytest.mark.browser

PAGES = {
    "": ["/sign-in/", "/no-such-address", "/protocols/", "/protocols/?q=niets", "/protocols/{protocol}/"],
    "officer": [
        "/",
        "/exchanges/",
        "/exchanges/?verdict=not-covered&outcome=failed&route=MAGDA",
        "/exchanges/?partner=NOBODY&from=2016-03-02&until=2016-03-01",
        "/exchanges/?partner=AHOVOKS",
        "/exchanges/{covered}/",
        "/exchanges/{outside}/",
        "/exchanges/of-a-person/",
        "/statistics/?from=2016-01&to=2016-12&compare=2014&compare=2015",
        "/statistics/?from=2016-05&to=2016-01",
        "/cases/",
        "/cases/?tab=decided&of=VDAB",
        "/cases/{people}/",
        "/cases/{volume}/",
        "/cases/{leaked}/",
        "/cases/{leaked}/breach/",
        "/cases/findings/?state=every",
        "/cases/suppressions/",
        "/cases/budget/",
        "/authorisations/",
        "/authorisations/VTC-VB-2014-01/2/",
        "/authorisations/VTC-VB-2014-01/use/?quarter=2016-Q1",
        "/authorisations/VTC-VB-2014-01/use/?quarter=2018-Q4",
        "/partners/",
        "/partners/VDAB/",
        "/requests/",
        "/requests/?state=ready&text=none",
        "/requests/{request}/",
        "/requests/{changed}/",
        "/requests/{granted}/",
        "/requests/{request}/what-if/",
        "/requests/{request}/what-if/?from=2016-03&to=2016-03",
        "/connections/",
        "/connections/?late=yes&step=acceptance",
        "/connections/OCMW-LEUVEN/",
        "/municipalities/",
        "/municipalities/?search=nergens",
        "/exchanges/?environment=acceptance",
        "/oversight/",
        "/oversight/?actor=nobody",
        "/questions/",
        "/questions/{question}/",
        "/questions/{answered}/",
        "/questions/ask/?exchange={covered}",
        "/questions/ask/?partner=VDAB",
        "/questions/ask/?exchange=none",
        "/notices/",
        "/exchanges/0159490e-d214-74f9-81e7-978cbeb1e80e/",
    ],
    "auditor": ["/", "/cases/", "/cases/{leaked}/", "/requests/{granted}/"],
    "operator": [
        "/",
        "/clients/",
        "/exchanges/",
        "/connections/OCMW-LEUVEN/",
        "/connections/OCMW-GENT/",
        "/connections/begin/",
        "/webhooks/",
    ],
    "vdab-dpo": [
        "/notices/",
        "/preferences/mail",
        "/portal/",
        "/portal/exchanges/",
        "/portal/exchanges/{outside}/",
        "/portal/statistics/?from=2016-01&to=2016-12&compare=2015",
        "/portal/authorisations/",
        "/portal/authorisations/VTC-VB-2014-01/1/",
        "/portal/authorisations/VTC-VB-2014-01/use/",
        "/portal/standing/",
        "/portal/questions/",
        "/portal/questions/{question}/",
        "/portal/questions/{answered}/",
        "/portal/questions/{question}/exchanges/1/document/",
        "/portal/requests/{changed}/",
        "/portal/requests/{granted}/",
    ],
    "vdab-requester": [
        "/portal/people/",
        "/portal/people/new/",
        "/portal/clients/",
        "/portal/clients/new/",
        "/portal/requests/",
        "/portal/requests/new/",
        "/portal/requests/{draft}/parties/",
        "/portal/requests/{draft}/data/",
        "/portal/requests/{draft}/rhythm/",
        "/portal/requests/{draft}/review/",
        "/portal/requests/{draft}/documents/",
        "/portal/connection/",
        "/portal/self-test/?sample=VDAB",
        "/portal/self-test/?sample=NONE",
    ],
    "nobody": ["/"],
}
REFUSALS = ("status of 400", "status of 403", "status of 404")


@pytest.mark.parametrize(("language", "colours"), [("nl-BE", ("light", "dark")), ("fr-BE", ("light",))])
@pytest.mark.parametrize("username", list(PAGES))
def test_a_page_has_no_fault(
    new_page: NewPage, busy_world: World, username: str, language: str, colours: tuple[Colours, ...]
) -> None:
    page = new_page(account=busy_world.cast.get(username), locale=language)
    faults: list[str] = []
    for pattern in PAGES[username]:
        address = pattern.format(**busy_world._asdict())
        complaints = complaints_of(page)
        page.goto(address)
        found = [*faults_of(page, colours=colours), *(one for one in complaints if not _expected(one))]
        faults += [f"{address}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_what_a_form_answers_has_no_fault(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["officer"])
    complaints = complaints_of(page)
    faults: list[str] = []
    for step in (_reveal, _no_reason, _search, _mistype):
        step(page, world)
        faults += [f"{step.__name__}: {fault}" for fault in (*faults_of(page), *complaints)]
        complaints.clear()
    assert not faults, "\n".join(faults)


def _expected(complaint: str) -> bool:
    """Tell whether it is only the browser's note that a page was refused, as it should be."""
    return any(refusal in complaint for refusal in REFUSALS)


def _reveal(page: Page, world: World) -> None:
    page.goto(f"/exchanges/{world.covered}/")
    page.get_by_label("Reden").fill("Dossier 2026/14, een klacht")
    page.get_by_role("button", name="Toon de identiteit").click()
    page.get_by_text("U ziet dit één keer").wait_for()


def _no_reason(page: Page, world: World) -> None:
    page.goto(f"/exchanges/{world.covered}/")
    page.get_by_label("Reden").fill("omdat")
    page.locator("#identity form").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.locator(".errorlist").wait_for()


def _search(page: Page, _world: World) -> None:
    page.goto("/exchanges/of-a-person/")
    page.get_by_label("Wat hebt u?").select_option("local")
    page.get_by_label("Nummer", exact=True).fill("u-77")
    page.get_by_label("Van wie is dat nummer?").select_option("VDAB")
    page.get_by_label("Reden").fill("Dossier 2026/14, een klacht")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("heading", name="Gevonden").wait_for()


def _mistype(page: Page, _world: World) -> None:
    page.goto("/exchanges/of-a-person/")
    page.get_by_label("Nummer", exact=True).fill("12345678901")
    page.get_by_label("Reden").fill("Dossier 2026/14, een klacht")
    page.get_by_role("button", name="Zoeken").click()
    page.locator(".errorlist").wait_for()
