"""How many exchanges took place under a protocol, by month."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS
from compliance.reporting.protocols.suppression import shown_counts
from compliance.statistics.models import VersionUse
from compliance.statistics.vocabulary import UseKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from compliance.reporting.protocols.published import PublishedProtocol
    from compliance.reporting.protocols.suppression import ShownCounts

_LONGEST_MONTH = timedelta(days=31)


def counts_of(protocol: PublishedProtocol, *, at: datetime) -> ShownCounts:
    """Return what the public may see of the exchanges in production that the protocol covered. One query.

    Only months that are over count: who looks twice in one month would see single exchanges arrive.
    """
    begun = [one.valid_from for one in protocol.versions if one.valid_from <= at]
    if not begun:
        return shown_counts({})
    last = min(at, protocol.ended_at) if protocol.ended_at else at
    months = list(_months(_first_day(min(begun)), _first_day(at), until=_first_day(last)))
    uses = VersionUse.objects.filter(
        authorisation__in=[f"{protocol.code}/{one.number}" for one in protocol.versions],
        kind=UseKind.EXCHANGE,
        environment=Environment.PRODUCTION,
        verdict=Verdict.COVERED,
        month__in=months,
    )
    counted: dict[date, int] = dict(uses.values_list("month").annotate(Sum("count")).order_by("month"))
    return shown_counts({month: counted.get(month, 0) for month in months})


def _first_day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date().replace(day=1)


def _months(first: date, before: date, *, until: date) -> Iterator[date]:
    """Yield months from the first, up to ``until`` and before ``before``."""
    month = first
    while month < before and month <= until:
        yield month
        month = (month + _LONGEST_MONTH).replace(day=1)
