"""Exchanges of several partners, sealed, and the sample that is drawn of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from compliance.cases.samples.draw import draw_due
from compliance.cases.samples.models import SampleDraw
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from tests.console.exchanges import recorded_many
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from uuid import UUID

MONTH = date(2016, 3, 1)
DRAWER = system("sampling")


def announced(*, month: date = MONTH, wanted: int = 12) -> SampleDraw:
    """Announce a sample a day ago, for a head of an hour ago or later."""
    at = now()
    return SampleDraw.objects.create(
        month=month,
        announced_at=at - timedelta(days=1),
        announced_by=DRAWER.name,
        head_from=at - timedelta(hours=1),
        wanted=wanted,
    )


def sealed_exchanges(count: int = 60) -> list[UUID]:
    """Record exchanges of VDAB, and seal them."""
    ids = recorded_many(count)
    seal_everything(LogNumber.EXCHANGES)
    return ids


def drawn(count: int = 60, *, wanted: int = 12) -> SampleDraw:
    """Return a drawn sample of a month with that many exchanges."""
    sealed_exchanges(count)
    announced(wanted=wanted)
    (draw,) = draw_due(actor=DRAWER)
    return draw
