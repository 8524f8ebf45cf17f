"""What is on hold stays, and is shown to nobody outside, until a recorded decision releases it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction

from compliance.exchanges.reveal import reveal
from compliance.kernel.actor import Actor, ActorKind
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from compliance.ledger.holds import HeldError, NotDisclosedError, held
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry
from compliance.retention.carry_out import carry_out
from compliance.retention.erase import erase_field, erase_person, erase_records
from compliance.retention.hold import hold_person, hold_records, release
from compliance.retention.schemas import ERASURE
from compliance.retention.targets import openings_of_records
from compliance.retention.vocabulary import PersonalField
from compliance.simulation.numbers import synthetic_insz
from tests.retention.acting import ASKED, DECIDED, OFFICER, committed, opened, recorded, said, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("committed_world")
WHY = "een test van het bevriezen"
PARTNER = Actor(kind=ActorKind.PERSON, name="vdab-dpo", organisation="VDAB")
ERASURES: list[Callable[[UUID], object]] = [
    lambda _exchange: erase_person(kind="insz", value=synthetic_insz(1), **ASKED),
    lambda exchange: erase_records(exchange_ids=[exchange], **ASKED),
    lambda exchange: erase_field(exchange_id=exchange, field=PersonalField.DOSSIER, **ASKED),
]


@pytest.mark.parametrize("erase", ERASURES)
def test_a_held_record_is_not_erased_and_the_refusal_names_the_hold(erase: Callable[[UUID], object]) -> None:
    exchange = recorded("one", 1)
    hold = hold_records(exchange_ids=[exchange], **DECIDED)
    with pytest.raises(HeldError, match=str(hold)):
        erase(exchange)
    assert opened(exchange) == committed(exchange)

    release(hold=hold, **DECIDED)
    erase(exchange)
    assert opened(exchange) < committed(exchange)


def test_a_held_person_is_held_in_records_that_come_later_too() -> None:
    before, other = recorded("before", 1), recorded("other", 2)
    hold = hold_person(kind="insz", value=synthetic_insz(1), **DECIDED)
    after = recorded("after", 2, 1)

    assert held(log=LogNumber.EXCHANGES, ids=[before, other, after]) == {before, after}
    with pytest.raises(HeldError):
        erase_records(exchange_ids=[after], **ASKED)
    release(hold=hold, **DECIDED)
    assert held(log=LogNumber.EXCHANGES, ids=[before, other, after]) == set()
    assert erase_person(kind="insz", value=synthetic_insz(1), **ASKED).openings == 2


def test_two_holds_are_released_one_by_one() -> None:
    exchange = recorded("one", 1)
    first, second = (hold_records(exchange_ids=[exchange], **DECIDED) for _ in range(2))
    release(hold=first, **DECIDED)
    with pytest.raises(HeldError) as caught:
        erase_records(exchange_ids=[exchange], **ASKED)
    assert caught.value.holds == {second}


def test_a_held_record_is_disclosed_to_the_keepers_people_alone() -> None:
    exchange = recorded("one", 1)
    assert reveal(exchange_id=exchange, actor=PARTNER, reason=WHY).subjects
    hold = hold_records(exchange_ids=[exchange], **DECIDED)
    with pytest.raises(NotDisclosedError):
        reveal(exchange_id=exchange, actor=PARTNER, reason=WHY)
    assert reveal(exchange_id=exchange, actor=OFFICER, reason=WHY).subjects
    release(hold=hold, **DECIDED)
    assert reveal(exchange_id=exchange, actor=PARTNER, reason=WHY).subjects


def test_hold_and_release_stand_in_the_log_and_say_nothing_about_whom() -> None:
    exchange = recorded("one", 1)
    hold = hold_person(kind="insz", value=synthetic_insz(1), **DECIDED)
    ended = release(hold=hold, **DECIDED)

    assert (told(hold)["schema"], told(hold)["targets"]) == ("kbi-audit/hold/1", [[str(exchange), 0]])
    assert (told(ended)["schema"], told(ended)["hold"]) == ("kbi-audit/hold-release/1", str(hold))
    assert synthetic_insz(1).encode() not in bytes(Entry.objects.get(id=hold).leaf)


def test_the_database_itself_refuses_to_erase_what_is_held() -> None:
    exchange = recorded("one", 1)
    hold_records(exchange_ids=[exchange], **DECIDED)
    targets = openings_of_records(log=LogNumber.EXCHANGES, ids=[exchange])
    entry = said(ERASURE, targets=[[str(target.id), target.position] for target in targets])
    with transaction.atomic(), pytest.raises(OperationalError, match="on hold"):
        carry_out(log=LogNumber.EXCHANGES, entries={entry: targets}, steps=[], at=now())
    assert opened(exchange) == committed(exchange)


def test_what_is_not_there_is_neither_held_nor_released() -> None:
    exchange = recorded("one", 1)
    with pytest.raises(NotFoundError):
        hold_records(exchange_ids=[exchange, uuid4()], **DECIDED)
    with pytest.raises(NotFoundError):
        hold_person(kind="insz", value=synthetic_insz(9), **DECIDED)
    with pytest.raises(NotFoundError):
        release(hold=exchange, **DECIDED)
    with pytest.raises(InvalidInputError):
        hold_records(exchange_ids=[exchange], **{**DECIDED, "reason": "kort"})
    hold = hold_records(exchange_ids=[exchange], **DECIDED)
    release(hold=hold, **DECIDED)
    with pytest.raises(ConflictError):
        release(hold=hold, **DECIDED)
