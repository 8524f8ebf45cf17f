"""One day of a privacy officer: misuse overnight is understood, asked about and decided; samples are judged."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from compliance.cases.models import Case
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.samples.draw import draw_due
from compliance.cases.suppressions.models import Suppression
from compliance.cases.vocabulary import CaseKind
from compliance.detection.behind import behind
from compliance.detection.demonstration.look_at_weeks import look_at_weeks
from compliance.detection.demonstration.recent_weeks import tell_recent_weeks
from compliance.detection.follow import mark_all
from compliance.kernel.clock import BRUSSELS, now
from compliance.ledger.logs import LogNumber
from compliance.pipeline import follow_until_idle
from tests.cases.samples import drawing
from tests.screens.looking import complaints_of, faults_of
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from playwright.sync_api import Page

    from compliance.access.models import Account
    from tests.browser import NewPage

pytestmark = pytest.mark.browser
PATIENCE = 120.0
DONE = ".notice--good[role=status]"


def test_from_the_morning_queue_to_the_review_of_the_day(new_page: NewPage, cast: Mapping[str, Account]) -> None:
    told = _overnight()
    drawing.announced(month=told.replace(day=1), wanted=6)
    draw_due(actor=drawing.DRAWER)
    officer, second, dpo = (new_page(account=cast[name]) for name in ("officer", "second-officer", "vdab-dpo"))
    complaints = complaints_of(officer)

    code = _understands(officer)
    _unmasks(officer, code)
    question = _asks(officer, code)
    _answers(dpo, question)
    _sees_nothing(new_page(account=cast["vmsw-requester"]), question, code)
    _confirms_a_breach(officer, second, code)
    _drafts_the_notification(officer, code)
    _dismisses_another(officer)
    _judges_three(officer, told)
    _reads_the_day(officer)
    assert complaints == []


def _overnight() -> date:
    """Tell the past weeks, with misuse in them, and let them be looked at; return the last day."""
    told = tell_recent_weeks()
    assert told is not None
    _follow()
    look_at_weeks(told)
    raise_cases()
    return told.last


def _follow() -> None:
    """Seal, count and follow what was told, waiting for the transactions of other tests."""
    seal_everything(LogNumber.EXCHANGES)
    follow_until_idle()
    mark_all()
    deadline = time.monotonic() + PATIENCE
    while behind().transactions:
        assert time.monotonic() < deadline, "another transaction stays open"
        threading.Event().wait(0.05)
        mark_all()


def _flagged() -> Case:
    """Return the gravest case of VDAB's people."""
    return Case.objects.filter(kind=CaseKind.FLAGGED, partner="VDAB", family="people").order_by("-severity", "id")[0]


def _understands(page: Page) -> str:
    """Open the queue, and the case: one sentence says what is wrong."""
    case = _flagged()
    page.goto("/cases/")
    assert faults_of(page) == []
    page.locator(f"a[href='/cases/{case.code}/']").first.click()
    expect(page.locator("h1")).to_contain_text("VDAB")
    assert faults_of(page) == []
    return case.code


def _unmasks(page: Page, code: str) -> None:
    """See who it is, which nobody may without a reason."""
    page.locator("#identity summary").click()
    page.locator("#identity textarea").fill(f"Nagaan of de gebruiker van {code} in dienst is.")
    page.locator("#identity button").click()
    expect(page.locator("#identity .notice--care strong").first).to_be_visible()


def _asks(page: Page, code: str) -> str:
    """Ask the partner about the exchanges that tell most."""
    page.goto(f"/cases/{code}/ask/")
    assert faults_of(page, colours=["light"]) == []
    page.locator("#ask-text").fill("Waarom werd deze persoon zo vaak opgezocht?")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("VDAB")
    return PartnerQuestion.objects.get(case__code=code).code


def _answers(page: Page, question: str) -> None:
    """Answer for the partner: staff looked without a ground."""
    page.goto(f"/portal/questions/{question}/")
    assert faults_of(page, colours=["light"]) == []
    several = page.locator("details:has(#answer-reason-0)")
    if several.count():
        several.locator("summary").click()
        page.locator("#answer-reason-0").select_option("unauthorised")
        page.locator("#answer-text-0").fill("De medewerker had geen dossier van deze persoon.")
        page.locator("button[value=fill]").click()
        expect(page.locator("#answer-reason-1")).to_have_value("unauthorised")
    else:
        page.locator("#answer-reason-1").select_option("unauthorised")
        page.locator("#answer-text-1").fill("De medewerker had geen dossier van deze persoon.")
    page.locator("button[value=send]").click()
    expect(page.locator(DONE)).to_be_visible()


def _sees_nothing(page: Page, question: str, code: str) -> None:
    """Be another partner."""
    for address in (f"/portal/questions/{question}/", "/portal/questions/"):
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text(question)
        expect(page.locator("main")).not_to_contain_text(code)


def _decides(page: Page, code: str, outcome: str, reason: str, **more: str) -> None:
    page.goto(f"/cases/{code}/")
    act = page.locator("#act-decide")
    act.locator(f"input[name=outcome][value={outcome}]").check()
    for name, value in more.items():
        act.locator(f"[name={name}]").fill(value)
    act.locator("textarea[name=reason]").fill(reason)
    act.locator(".form__acts button").click()
    expect(page.locator(DONE)).to_be_visible()


def _confirms_a_breach(page: Page, second: Page, code: str) -> None:
    """Decide by two: one proposes, another confirms."""
    _decides(page, code, "breach", "De partner bevestigt dat er geen grond was om te kijken.")
    second.goto(f"/cases/{code}/")
    second.locator("#act-confirm .form__acts button").click()
    expect(second.locator(DONE)).to_be_visible()


def _drafts_the_notification(page: Page, code: str) -> None:
    """Complete what is filled in, and keep it."""
    page.goto(f"/cases/{code}/breach/")
    assert faults_of(page, colours=["light"]) == []
    expect(page.locator("#draft-nature")).not_to_be_empty()
    page.locator("#draft-measures_taken").fill("De toegang van de medewerker is ingetrokken.")
    page.locator("form[action$='/breach/draft/'] .form__acts button").click()
    expect(page.locator(DONE)).to_be_visible()


def _dismisses_another(page: Page) -> None:
    """Call what a rule saw expected, until a day."""
    case = Case.objects.filter(kind=CaseKind.FLAGGED, family="volume").order_by("id")[0]
    ends_on = (now().astimezone(BRUSSELS) + timedelta(days=14)).date()
    _decides(page, case.code, "expected", "De dienst haalt deze weken in wat bleef liggen.", ends_on=str(ends_on))
    assert Suppression.objects.get(case=case).ends_on == ends_on
    page.goto("/cases/suppressions/")
    expect(page.locator("main")).to_contain_text(case.code)


def _judges_three(page: Page, month: date) -> None:
    """Judge exchanges of the sample one after the other."""
    page.goto(f"/samples/{month:%Y-%m}/")
    page.locator("header a.button").click()
    for _ in range(3):
        assert faults_of(page, colours=["light"]) == []
        page.locator("input[name=judgement][value=justified]").check()
        page.locator("main form .form__acts button").click()
    page.goto(f"/samples/{month:%Y-%m}/")
    expect(page.locator("main")).to_contain_text("gerechtvaardigd")


def _reads_the_day(page: Page) -> None:
    """See the day in the review."""
    today = f"{now().astimezone(BRUSSELS):%Y-%m-%d}"
    page.goto(f"/review/?from={today}&until={today}")
    assert faults_of(page) == []
    main = page.locator("main")
    expect(main).to_contain_text("2 beslist")
    expect(main).to_contain_text("Eén beslissing werd door een tweede persoon bevestigd.")
    with page.expect_download() as download:
        page.locator("header a.button").click()
    assert download.value.suggested_filename == f"review-{today}-{today}.pdf"
