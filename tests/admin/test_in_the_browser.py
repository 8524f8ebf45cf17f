"""The admin in a real browser: accessible, and content with the strict policy on scripts and styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from compliance.access.demo_people import create_people
from compliance.access.models import Account
from compliance.authorisations.models import Authorisation
from compliance.registry.models import Organisation, RegisterChange, Route
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

    from tests.browser import NewPage

pytestmark = pytest.mark.browser
WITHOUT_FETCHING = {"preload": False}  # axe would insert style sheets of its own, which the policy refuses


@pytest.fixture
def keeper(web_server: str) -> Account:
    create_people(password=PASSWORD)
    return Account.objects.get(username="operator")


def addresses() -> list[str]:
    organisation = Organisation.objects.get(code="VDAB").pk
    authorisation = Authorisation.objects.get(code="VTC-VB-2014-03")
    version = authorisation.versions.latest("number").pk
    return [
        reverse("admin:index"),
        reverse("admin:compliance_organisation_changelist"),
        reverse("admin:compliance_organisation_change", args=[organisation]),
        reverse("admin:compliance_organisation_history", args=[organisation]),
        reverse("admin:compliance_service_add"),
        reverse("admin:compliance_closingday_add"),
        reverse("admin:compliance_publishedfigure_changelist"),
        reverse("admin:compliance_authorisation_change", args=[authorisation.pk]),
        reverse("admin:compliance_authorisationversion_change", args=[version]),
        f"{reverse('admin:compliance_authorisationversion_add')}?authorisation={authorisation.pk}",
        reverse("admin:compliance_authorisationwithdrawal_add"),
        f"{reverse('admin:compliance_authorisationsuspension_add')}?authorisation={authorisation.pk}",
        reverse("admin:compliance_suspensionlifting_add"),
        reverse("admin:compliance_account_add"),
        reverse("admin:compliance_machineclient_add"),
        reverse("admin:compliance_registerchange_changelist"),
        reverse("admin:compliance_registerchange_change", args=[RegisterChange.objects.latest("id").pk]),
        reverse("admin:password_change"),
    ]


def complaints_of(page: Page) -> list[str]:
    found: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_no_page_offends_the_policy_or_the_rules_of_accessibility(new_page: NewPage, keeper: Account) -> None:
    page = new_page(account=keeper)
    complaints = complaints_of(page)
    violations = {}
    for address in addresses():
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        found = Axe().run(page, options=WITHOUT_FETCHING).response["violations"]
        if found:
            violations[address] = [(rule["id"], [node["html"][:150] for node in rule["nodes"][:3]]) for rule in found]
    assert complaints == []
    assert violations == {}


def test_a_change_goes_from_page_to_history(new_page: NewPage, keeper: Account) -> None:
    page = new_page(account=keeper, locale="en-GB")
    page.goto(reverse("admin:compliance_route_change", args=[Route.objects.get(code="DIRECT").pk]))
    page.get_by_label("name (English)").fill("Without a go-between")
    page.get_by_label("Why").fill("clearer")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#result_list").get_by_role("link", name="DIRECT", exact=True).click()
    page.get_by_role("link", name="History").click()
    assert page.get_by_text("Without a go-between").is_visible()
    assert page.get_by_text("clearer").is_visible()
