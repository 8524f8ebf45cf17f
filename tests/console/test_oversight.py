"""The list of acts: who looked, newest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compliance.kernel.actor import Actor, ActorKind
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from tests.console.exchanges import recorded
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

_ACT = re.compile(r"act-\d\d")
pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client_of: ClientOf) -> Client:
    """Return the auditor's browser."""
    return client_of("auditor")


def act(name: str, kind: ActKind, reason: str = "") -> None:
    """Record an act of somebody."""
    record_act(actor=Actor(kind=ActorKind.PERSON, name=name, organisation="VDAB"), kind=kind, reason=reason)


def test_an_act_tells_who_what_and_why(auditor: Client) -> None:
    act("vdab-dpo", ActKind.PERSON_SEARCHED, reason="A complaint")
    words = words_of(auditor.get("/oversight/"))
    for said in ("vdab-dpo", "VDAB", "Searched for a person", "A complaint"):
        assert said in words


def test_an_act_on_an_exchange_leads_to_it(auditor: Client) -> None:
    number = recorded()
    auditor.get(f"/exchanges/{number}/")
    assert f"/exchanges/{number}/" in addresses_in(auditor.get("/oversight/"))


def test_the_list_is_narrowed_by_person_and_act(auditor: Client) -> None:
    act("one", ActKind.PERSON_SEARCHED, reason="reason-1")
    act("two", ActKind.PERSON_SEARCHED, reason="reason-2")
    act("two", ActKind.REPORT_EXPORTED, reason="reason-3")
    words = words_of(auditor.get("/oversight/?actor=two&kind=report:exported"))
    assert "reason-3" in words
    assert "reason-1" not in words
    assert "reason-2" not in words
    assert "No act fits" in words_of(auditor.get("/oversight/?actor=three"))


def test_older_acts_follow_on_the_next_page_without_loss(auditor: Client) -> None:
    for number in range(53):
        act("one", ActKind.SIGNED_IN, reason=f"act-{number:02}")
    first = auditor.get("/oversight/?actor=one")
    older = next(link for link in addresses_in(first) if "before=" in link)
    pages = [_ACT.findall(words_of(page)) for page in (first, auditor.get(older))]
    assert [len(page) for page in pages] == [50, 3]
    assert sorted(pages[0] + pages[1]) == [f"act-{number:02}" for number in range(53)]


def test_a_page_mended_by_hand_begins_at_the_newest(auditor: Client) -> None:
    act("one", ActKind.SIGNED_IN)
    assert "one" in words_of(auditor.get("/oversight/?before=nonsense"))
