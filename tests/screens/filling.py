"""Filling in a request in the browser, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

ON = "form#step .wizard__acts button[value=on]"


def _parties(page: Page) -> None:
    page.locator("#field-title").fill("Traject en werk")
    page.locator("#field-contact_name").fill("Dienst gegevens")
    page.locator("#field-contact_email").fill("gegevens@vdab.example")


def _purposes(page: Page) -> None:
    page.locator("input[name=purposes][value=JOB-MEDIATION]").check()
    for field in ("explanation", "first_collection", "compatibility"):
        page.locator(f"#field-{field}").fill("Werk is een doel van het traject.")


def _data(page: Page) -> None:
    expect(page.locator("#field-why-TRAJECTORY")).to_be_hidden()
    page.locator("#service-KBI-TRAJECT").check()
    page.locator("#category-TRAJECTORY").check()
    page.locator("#field-why-TRAJECTORY").fill("Om te weten wanneer iemand beschikbaar is.")


def _legal_basis(page: Page) -> None:
    page.locator("input[name=recipient_bases][value=VDAB-2004]").check()
    page.locator("input[name=provider_bases][value=INB-2013]").check()
    page.locator("#field-task").fill("Bemiddelen van werkzoekenden.")


def _recipients(page: Page) -> None:
    page.locator("#field-who").fill("Bemiddelaars.")


def _rhythm(page: Page) -> None:
    page.locator("input[name=routes][value=MAGDA]").check()
    page.locator("input[name=rhythm][value=on-demand]").check()
    page.locator("#field-expected_per_month").fill("4000")
    page.locator("input[name=weekdays][value='1']").check()
    page.locator("#field-hours_from").fill("07:00")


def _duration(page: Page) -> None:
    page.locator("#field-starts_on").fill("2030-01-01")
    page.locator("#field-retention_months").fill("24")
    page.locator("#field-why_so_long").fill("Zolang de bemiddeling duurt.")


def _security(page: Page) -> None:
    page.locator("input[name=measures][value=logged]").check()


def _rights(page: Page) -> None:
    page.locator("#field-information").fill("Op onze website.")
    page.locator("#field-exercise").fill("Bij onze functionaris.")


def _sanctions(page: Page) -> None:
    page.locator("#field-sanctions").fill("Opschorting van de toegang.")


FILLS = (
    _parties,
    _purposes,
    _data,
    _legal_basis,
    _recipients,
    _rhythm,
    _duration,
    _security,
    _rights,
    _sanctions,
)
