"""The whole way, once: asked, advised, decided, signed, published, tested, live, used, overstepped, reminded."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from compliance.authorisations.ends import tell_of_ends
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.kernel.clock import now
from compliance.ledger.months import ensure_months, month_of
from tests.console.exchanges import fields
from tests.screens import filling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

    from compliance.access.models import Account
    from tests.browser import NewPage

pytestmark = pytest.mark.browser
TITLE = "Traject en werk"


def test_from_a_wish_to_an_exchange_that_is_covered_and_back_to_a_renewal(
    new_page: NewPage, web_server: str, cast: Mapping[str, Account], magda_gateway_token: str
) -> None:
    people = {name: new_page(account=account) for name, account in cast.items()}
    vdab, dpo, operator = (people[name] for name in ("vdab-requester", "vdab-dpo", "operator"))
    decided = {"outcome": "granted"}

    code = _ask(vdab)
    _act(dpo, f"/portal/requests/{code}/", "advise", {"opinion": "positive"}, {"advice": "Evenredig."})
    _act(people["officer"], f"/requests/{code}/", "advise", {"opinion": "positive"}, {"advice": "Goed omschreven."})
    _act(people["second-officer"], f"/requests/{code}/", "decide", decided, {"reasons": "Beide gunstig."})
    for name, door in (("vdab-requester", "/portal"), ("vdab-dpo", "/portal"), ("officer", ""), ("second-officer", "")):
        _sign(people[name], f"{door}/requests/{code}/")
    _act(people["officer"], f"/requests/{code}/", "publish")
    _read_by_anyone(new_page())

    _act(operator, f"/requests/{code}/", "start-test")
    _try_out(vdab)
    _act(operator, f"/requests/{code}/", "go-live", words={"remark": "Alle testen zijn geslaagd."}, asks_again=True)

    granted = AuthorisationRequest.objects.get(code=code).granted
    assert granted is not None
    covered = _report(web_server, magda_gateway_token, "covered")
    assert covered["verdict"]["code"] == "covered"
    assert covered["verdict"]["authorisation"] == f"{granted.code}/2"
    beyond = _report(
        web_server, magda_gateway_token, "beyond", categories_delivered=["TRAJECTORY", "MEDICAL-EXEMPTION"]
    )
    assert beyond["verdict"]["code"] == "category-outside"
    people["officer"].goto("/exchanges/?verdict=category-outside")
    expect(people["officer"].locator(f"a[href*='{beyond['id']}']").first).to_be_visible()

    tell_of_ends(at=now())
    vdab.goto("/notices/")
    expect(vdab.locator("main")).to_contain_text(granted.code)
    _sees_nothing_of_it(people["vmsw-requester"], code, granted.code)


def _ask(page: Page) -> str:
    """Fill in the whole request, for a term that ends soon, submit it, and return its code."""
    page.goto("/portal/requests/new/")
    page.locator("form:has(input[value=new]) button").click()
    for fill in filling.FILLS:
        fill(page)
        if page.locator("#field-hours_from").count():
            page.locator("input[name=weekdays][value='1']").uncheck()
            page.locator("#field-hours_from").fill("")
        if page.locator("#field-starts_on").count():
            today = now().date()
            page.locator("#field-starts_on").fill(f"{today:%Y-%m-%d}")
            page.locator("#field-ends_on").fill(f"{today + timedelta(days=20):%Y-%m-%d}")
        page.locator(filling.ON).click()
    page.locator("form[action$='/review/'] button").click()
    expect(page.locator("h1")).to_contain_text(TITLE)
    return AuthorisationRequest.objects.latest("id").code


def _act(
    page: Page,
    address: str,
    slug: str,
    chosen: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    *,
    asks_again: bool = False,
) -> None:
    """Do one act at the desk, and see that the page says it was done."""
    page.goto(address)
    act = page.locator(f"#act-{slug}")
    for name, value in (chosen or {}).items():
        act.locator(f"input[name={name}][value={value}]").check()
    for name, value in (words or {}).items():
        act.locator(f"[name={name}]").fill(value)
    act.locator(".form__acts button").click()
    if asks_again:
        page.locator("main form button[value=confirm]").click()
    expect(page.locator(".notice--good[role=status]")).to_be_visible()


def _sign(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#act-sign input[name=has_read]").check()
    page.locator("#act-sign .form__acts button").click()
    expect(page.locator(".notice--good[role=status]")).to_be_visible()


def _read_by_anyone(page: Page) -> None:
    page.goto("/protocols/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("h1")).to_contain_text(TITLE)


def _exchange(**changes: object) -> dict[str, object]:
    said = {
        "started_at": now().isoformat(),
        "ended_at": None,
        "service": {"code": "KBI-TRAJECT", "version": "1.0"},
        "categories_requested": ["TRAJECTORY"],
        "categories_delivered": ["TRAJECTORY"],
        "producer": "KBI",
        **changes,
    }
    return fields(**said)


def _try_out(page: Page) -> None:
    """Send a sample as the partner's vendor would, and read that it is covered."""
    sample = _exchange(environment="acceptance", message_reference="sample", producer="VDAB")
    page.goto("/portal/self-test/")
    page.locator("textarea").first.fill(json.dumps(sample))
    page.locator("form:has(textarea) button:not([name])").first.click()
    expect(page.locator("main")).to_contain_text("gedekt")


def _report(server: str, token: str, reference: str, **changes: object) -> dict[str, Any]:
    """Report an exchange at the machines' door, and return its answer."""
    ensure_months([month_of(now())])
    body = json.dumps(_exchange(message_reference=reference, **changes)).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urlopen(Request(f"{server}/api/v1/exchanges", body, headers)) as response:  # noqa: S310 - our own server
        answer: dict[str, Any] = json.load(response)
    return answer


def _sees_nothing_of_it(page: Page, code: str, granted: str) -> None:
    addresses = ("/portal/", "/portal/requests/", "/portal/authorisations/", "/portal/standing/", "/notices/")
    for address in (*addresses, f"/portal/requests/{code}/", f"/portal/authorisations/{granted}/2/"):
        page.goto(address)
        told = page.locator("main").inner_text()
        assert not {one for one in (code, granted, TITLE) if one in told}, address
