"""A sample is drawn by the ledger, not by anybody's choice."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from compliance.cases.samples.announce import announce, stated_day
from compliance.cases.samples.draw import draw_due
from compliance.cases.samples.models import SampleDraw, SampleItem, SampleTurn
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Head
from compliance.notices.models import Notice
from compliance.notices.vocabulary import NoticeKind
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.cases.samples import drawing
from tests.console.exchanges import recorded, recorded_many
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_whoever_has_the_head_and_the_entries_can_draw_again() -> None:
    ids = drawing.sealed_exchanges(40)
    drawing.announced(wanted=8)
    (draw,) = draw_due(actor=drawing.DRAWER)
    assert draw.head_size is not None
    head = Head.objects.get(log=LogNumber.EXCHANGES, size=draw.head_size)
    told = f"kbi-audit/sample/1\n2016-03\n{settings.LOG_ORIGIN}\n{head.size}\n{bytes(head.root).hex()}\n"
    seed = sha256(told.encode()).digest()
    assert draw.seed == seed.hex()
    lots = sorted(ids, key=lambda identifier: sha256(seed + identifier.bytes).digest())[:8]
    assert list(draw.items.order_by("number").values_list("exchange", flat=True)) == lots
    assert draw.strata == [{"partner": "VDAB", "service": "KBI-DOSSIER", "population": 40, "drawn": 8}]


def test_what_came_after_the_head_is_not_drawn_from() -> None:
    drawing.sealed_exchanges(10)
    recorded(message_reference="VDAB-LATER")
    drawing.announced()
    (draw,) = draw_due(actor=drawing.DRAWER)
    assert draw.strata[0]["population"] == 10


def test_test_traffic_is_not_drawn() -> None:
    recorded_many(4, environment="acceptance")
    seal_everything(LogNumber.EXCHANGES)
    drawing.announced()
    (draw,) = draw_due(actor=drawing.DRAWER)
    assert draw.strata == []
    assert not draw.items.exists()


def test_without_a_head_of_that_day_nothing_is_drawn() -> None:
    at = now()
    drawing.sealed_exchanges(4)
    SampleDraw.objects.create(
        month=drawing.MONTH, announced_at=at, announced_by="x", head_from=at + timedelta(hours=1), wanted=3
    )
    assert draw_due(actor=drawing.DRAWER) == []


def test_a_sample_is_drawn_once_and_never_again() -> None:
    draw = drawing.drawn(10)
    assert draw_due(actor=drawing.DRAWER) == []
    draw.seed = "00"
    with pytest.raises(DatabaseError), transaction.atomic():
        draw.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        SampleItem.objects.filter(draw=draw).delete()


def test_drawing_is_an_entry_of_the_ledger_with_its_seed() -> None:
    draw = drawing.drawn(10)
    act = Act.objects.get(kind=ActKind.SAMPLE_DRAWN)
    assert act.object_id == draw.uid


def test_each_officer_gets_a_part_and_one_in_five_goes_to_both(cast: Mapping[str, Account]) -> None:
    draw = drawing.drawn(40, wanted=20)
    turns = SampleTurn.objects.filter(item__draw=draw)
    by_reviewer = {name: turns.filter(reviewer=cast[name]).count() for name in ("officer", "second-officer")}
    assert sum(by_reviewer.values()) == 24
    assert max(by_reviewer.values()) - min(by_reviewer.values()) <= 2
    assert draw.items.filter(doubled=True).count() == 4
    assert Notice.objects.filter(kind=NoticeKind.SAMPLE_ASSIGNED).count() == 2


def test_a_sample_is_announced_for_a_day_that_lies_ahead(cast: Mapping[str, Account]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        announce(month=drawing.MONTH, actor=cast["officer"].actor, head_from=now())
    assert caught.value.errors[0].pointer == "/head_from"
    month = now().astimezone(BRUSSELS).date().replace(day=1)
    first = announce(month=month, actor=cast["officer"].actor)
    assert first.head_from == stated_day(month)
    assert announce(month=month, actor=cast["second-officer"].actor, head_from=now() + timedelta(days=9)) == first
    assert Act.objects.filter(kind=ActKind.SAMPLE_ANNOUNCED).count() == 1
