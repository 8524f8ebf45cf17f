"""Draw the samples whose day has come, by the ledger's head of that day."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from compliance.access.roles import Capability
from compliance.cases.samples.allocate import allocate
from compliance.cases.samples.announce import next_month
from compliance.cases.samples.models import SampleDraw, SampleItem, SampleTurn
from compliance.cases.samples.seed import seed_of
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.record_id import first_at
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Entry, Head
from compliance.ledger.positions import identifiers
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

    from compliance.access.models import Account
    from compliance.cases.samples.allocate import Stratum
    from compliance.kernel.actor import Actor

LEAST = 2
_LOG = LogNumber.EXCHANGES
# What the head holds: leaves are sealed in the order of (transaction, identifier). What was corrected stands no more.
_DRAWN_FROM = """
    FROM exchanges_exchange AS exchange
   WHERE log = %(log)s AND id >= %(start)s AND id < %(end)s AND environment = 'production'
     AND (xid, id) <= (%(last_xid)s, %(last_id)s)
     AND NOT EXISTS (SELECT FROM exchanges_correction AS correction
                      WHERE correction.log = exchange.log AND correction.original = exchange.id)
"""
_COUNT = f"SELECT partner, service, count(*) {_DRAWN_FROM} GROUP BY partner, service ORDER BY partner, service"
_DRAW = f"""
    SELECT id FROM (
        SELECT id, sha256(%(seed)s::bytea || uuid_send(id)) AS lot {_DRAWN_FROM}
           AND partner = %(partner)s AND service = %(service)s) AS drawn
     ORDER BY lot LIMIT %(count)s
"""  # noqa: S608 our own words


class _Drawn(NamedTuple):
    partner: str
    service: str
    exchange: UUID


def draw_due(*, actor: Actor) -> list[SampleDraw]:
    """Draw every announced sample whose head is sealed, each in one durable transaction; return those drawn now."""
    due = SampleDraw.objects.filter(drawn_at=None, head_from__lte=now()).order_by("month")
    return [draw for month in due.values_list("month", flat=True) if (draw := _draw(month, actor)) is not None]


def _draw(month: date, actor: Actor) -> SampleDraw | None:
    at = now()
    with transaction.atomic(durable=True), connection.cursor() as database:
        draw = SampleDraw.objects.select_for_update().get(month=month)
        head = Head.objects.filter(log=_LOG, sealed_at__gte=draw.head_from, size__gt=0).order_by("size").first()
        if draw.drawn_at is not None or head is None:
            return None
        seed = seed_of(month=month, origin=origin_of(_LOG), size=head.size, root=bytes(head.root))
        populations, drawn = _lots(database, draw, head, seed)
        draw.drawn_at, draw.head_size, draw.head_root, draw.head_sealed_at = at, head.size, head.root, head.sealed_at
        draw.seed = seed.hex()
        draw.strata = [
            {
                "partner": partner,
                "service": service,
                "population": size,
                "drawn": sum((one.partner, one.service) == (partner, service) for one in drawn),
            }
            for (partner, service), size in populations.items()
        ]
        draw.save()
        _assign(draw, drawn, at=at)
        details = {"month": f"{month:%Y-%m}", "seed": draw.seed, "head": str(head.size), "drawn": str(len(drawn))}
        record_act(actor=actor, kind=ActKind.SAMPLE_DRAWN, object_id=draw.uid, details=details)
    return draw


def _lots(
    database: CursorWrapper, draw: SampleDraw, head: Head, seed: bytes
) -> tuple[Mapping[Stratum, int], list[_Drawn]]:
    """Return how many exchanges each stratum has, and those that the lot fell on, in the order of their strata."""
    (last,) = identifiers(log=_LOG, first=head.size - 1, end=head.size)
    asked: dict[str, int | str | bytes | UUID] = {
        "log": int(_LOG),
        "start": first_at(_begin(draw.month)),
        "end": first_at(_begin(next_month(draw.month))),
        "last_xid": Entry.objects.values_list("xid", flat=True).get(log=_LOG, id=last),
        "last_id": last,
        "seed": seed,
    }
    database.execute(_COUNT, asked)
    populations = {(partner, service): count for partner, service, count in database.fetchall()}
    drawn = []
    for (partner, service), count in allocate(populations, wanted=draw.wanted, least=LEAST).items():
        database.execute(_DRAW, asked | {"partner": partner, "service": service, "count": count})
        drawn += [_Drawn(partner, service, exchange) for (exchange,) in database.fetchall()]
    return populations, drawn


def _assign(draw: SampleDraw, drawn: Sequence[_Drawn], *, at: datetime) -> None:
    """Deal the exchanges out to reviewers in turn; one in so many goes to two of them."""
    reviewers = list(people_who(Capability.REVIEW_SAMPLES).order_by("id"))
    twice = len(reviewers) > 1
    every = settings.SAMPLE_TWICE_EVERY
    items = SampleItem.objects.bulk_create(
        SampleItem(
            draw=draw,
            number=number,
            exchange=one.exchange,
            partner=one.partner,
            service=one.service,
            doubled=twice and every > 0 and number % every == 1 % every,
        )
        for number, one in enumerate(drawn, start=1)
    )
    turns: dict[Account, int] = defaultdict(int)
    made = []
    for item in items:
        for turn in (1, 2) if item.doubled else (1,):
            if reviewers:
                reviewer = reviewers[(item.number + turn) % len(reviewers)]
                turns[reviewer] += 1
                made.append(SampleTurn(item=item, turn=turn, reviewer=reviewer, assigned_at=at))
    SampleTurn.objects.bulk_create(made)
    for reviewer, count in turns.items():
        notify(
            recipients=[reviewer],
            kind=NoticeKind.SAMPLE_ASSIGNED,
            key=f"{draw.month:%Y-%m}",
            address=f"/samples/{draw.month:%Y-%m}/",
            words={"month": f"{draw.month:%Y-%m}", "count": str(count)},
        )


def _begin(month: date) -> datetime:
    return datetime.combine(month, time(), tzinfo=BRUSSELS)
