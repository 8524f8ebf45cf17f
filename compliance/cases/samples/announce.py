"""Announce a sample: which month, and from when the ledger's next head fixes the seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from compliance.cases.samples.models import SampleDraw
from compliance.exchanges.models import Exchange
from compliance.kernel.clock import BRUSSELS, canonical_time, microseconds, now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor

SOONEST = timedelta(seconds=2)
"""No head that could be known already, nor one that is being sealed, may fix a seed."""


def announce(*, month: date, actor: Actor, head_from: datetime | None = None) -> SampleDraw:
    """Announce the sample of a month, in one durable transaction; what was announced before is returned as it is.

    ``head_from`` is the stated day's first moment unless given: day ``SAMPLE_DAY`` of the next month, in Brussels.
    Raises :class:`InvalidInputError` for a moment that is not in the future.
    """
    at = now()
    moment = head_from or max(stated_day(month), at + SOONEST)
    if moment < at + SOONEST:
        detail = "Name a moment in the future: a head that is known already could have been chosen."
        raise InvalidInputError(errors=(FieldError("/head_from", detail, "head-known-already"),))
    first = month.replace(day=1)
    with transaction.atomic(durable=True):
        draw, is_new = SampleDraw.objects.get_or_create(
            month=first,
            defaults={
                "uid": uuid4(),
                "announced_at": at,
                "announced_by": actor.name,
                "head_from": moment,
                "wanted": settings.SAMPLE_SIZE,
            },
        )
        if is_new:
            details = {"month": f"{first:%Y-%m}", "head_from": canonical_time(microseconds(moment))}
            record_act(
                actor=actor,
                kind=ActKind.SAMPLE_ANNOUNCED,
                object_id=draw.uid,
                details=details | {"wanted": str(draw.wanted)},
            )
    return draw


def announce_due(*, actor: Actor) -> SampleDraw | None:
    """Announce the sample of the present month where exchanges are recorded, so that its day lies ahead."""
    month = now().astimezone(BRUSSELS).date().replace(day=1)
    if SampleDraw.objects.filter(month=month).exists():
        return None
    if not Exchange.objects.filter(log=LogNumber.EXCHANGES).started_from(_midnight(month)).exists():
        return None
    return announce(month=month, actor=actor)


def stated_day(month: date) -> datetime:
    """Return the first moment of the day whose first head fixes the seed."""
    return _midnight(next_month(month).replace(day=settings.SAMPLE_DAY))


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BRUSSELS)
