"""Samples on screen: drawn, dealt out, judged one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.cases.samples.models import SampleDraw, SampleReview, SampleTurn
from compliance.cases.samples.vocabulary import Judgement
from tests.cases.samples import drawing

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.usefixtures("transactional_db")
MONTH = "/samples/2016-03/"


@pytest.fixture
def draw(cast: object) -> SampleDraw:
    """Draw six of ten."""
    return drawing.drawn(10, wanted=6)


def test_an_officer_judges_one_after_the_other_until_none_is_left(draw: SampleDraw, client_of: ClientOf) -> None:
    officer = client_of("officer")
    mine = SampleTurn.objects.filter(item__draw=draw, reviewer__username="officer").count()
    body = officer.get(MONTH).content.decode()
    where = re.search(r'class="button" href="(/samples/2016-03/\d+/)"', body)
    assert where is not None
    address = where[1]
    for _ in range(mine):
        assert officer.get(address).status_code == 200
        answer = officer.post(address, {"judgement": "justified", "reason": ""})
        address = answer["Location"]
    assert address == MONTH
    assert SampleReview.objects.filter(reviewer="officer").count() == mine


def test_a_judgement_without_a_reason_comes_back_with_what_was_chosen(draw: SampleDraw, client_of: ClientOf) -> None:
    turn = SampleTurn.objects.filter(item__draw=draw, reviewer__username="officer").first()
    assert turn is not None
    answer = client_of("officer").post(f"{MONTH}{turn.item.number}/", {"judgement": "unjustified", "reason": "no"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'value="unjustified"[^>]*checked', body)
    assert not SampleReview.objects.exists()


def test_who_judges_sees_nothing_of_what_the_other_found(draw: SampleDraw, client_of: ClientOf) -> None:
    first, second = SampleTurn.objects.filter(item__draw=draw, item__number=1).order_by("turn")
    secret = "A reason that only the first reviewer knows"
    address = f"{MONTH}{first.item.number}/"
    client_of(first.reviewer.username).post(address, {"judgement": Judgement.UNJUSTIFIED, "reason": secret})
    body = client_of(second.reviewer.username).get(address).content.decode()
    assert secret not in body


def test_the_page_of_a_month_tells_how_it_was_drawn_and_what_it_shows(draw: SampleDraw, client_of: ClientOf) -> None:
    for turn in SampleTurn.objects.filter(item__draw=draw).select_related("item", "reviewer"):
        client_of(turn.reviewer.username).post(f"{MONTH}{turn.item.number}/", {"judgement": "justified"})
    body = client_of("auditor").get(MONTH).content.decode()
    assert draw.seed in body
    assert "0.0%" in body or "0.0 %" in body
    assert "8 of 8 reviews are done" in body


def test_a_judgement_cannot_be_given_twice(draw: SampleDraw, client_of: ClientOf) -> None:
    turn = SampleTurn.objects.filter(item__draw=draw, reviewer__username="officer").first()
    assert turn is not None
    address = f"{MONTH}{turn.item.number}/"
    officer = client_of("officer")
    officer.post(address, {"judgement": "justified"})
    assert officer.post(address, {"judgement": "unknown", "reason": "On second thoughts"}).status_code == 409


def test_what_is_left_is_handed_over(draw: SampleDraw, client_of: ClientOf) -> None:
    answer = client_of("officer").post(f"{MONTH}hand-over", {"reviewer": "officer", "to": "second-officer"})
    assert answer["Location"] == MONTH
    left = SampleTurn.objects.filter(item__draw=draw, reviewer__username="officer")
    assert all(turn.item.doubled for turn in left)


def test_a_month_that_is_none_is_refused_with_the_remedy(draw: SampleDraw, client_of: ClientOf) -> None:
    for month in ("2016-13", "maart", "2999-01"):
        answer = client_of("officer").post("/samples/announce", {"month": month})
        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
    assert SampleDraw.objects.count() == 1
