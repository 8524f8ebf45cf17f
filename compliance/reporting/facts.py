"""What an answer is made from, read with a constant number of queries: eight, whatever the period.

Organisations, connection periods, counts by month, published figures, footnotes, controllers, the replay's
scale, the follower's cursor. Closing days are a ninth, asked by the calendar of working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from compliance.exchanges.vocabulary import Environment
from compliance.registry.connections import connections
from compliance.registry.controllers import controllers_between
from compliance.registry.models import (
    Footnote,
    Organisation,
    PublishedFigure,
)
from compliance.reporting.answer_shape import Words
from compliance.reporting.demonstration import replay_scale
from compliance.reporting.months import Month
from compliance.statistics.models import FollowerCursor, MonthCount
from compliance.statistics.names import FOLLOWER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from fractions import Fraction

    from compliance.registry.controllers import Controllership
    from compliance.registry.span import Span
    from compliance.reporting.months import Period


@dataclass(frozen=True, slots=True)
class Counted:
    """Exchanges of one month, partner, direction, trigger and outcome of the service; production only."""

    month: Month
    partner: str
    direction: str
    trigger: str
    service_outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read. ``connected`` holds, for each organisation, when it was."""

    partners: tuple[Organisation, ...]
    connected: dict[str, list[Span]]
    counted: tuple[Counted, ...]
    published: tuple[PublishedFigure, ...]
    footnotes: tuple[Footnote, ...]
    controllers: tuple[Controllership, ...]
    scale: Fraction | None
    counted_until: datetime | None


def read_facts(*, period: Period, compared: Sequence[Period], scope: str | None) -> Facts:
    """Read what is known about a period and those compared with it; in ``scope`` is one organisation, or all (None)."""
    periods = [period, *compared]
    start, end = min(period.start for period in periods), max(period.end for period in periods)
    return Facts(
        partners=_partners(scope),
        connected=connections(),
        counted=_counted(periods),
        published=_published(start, end),
        footnotes=tuple(
            Footnote.objects.select_related("organisation")
            .filter(period_from__lt=end, period_until__gt=start)
            .order_by("organisation__position", "organisation__code", "period_from", "id")
        ),
        controllers=tuple(controllers_between(period.start, period.end)),
        scale=replay_scale(),
        counted_until=FollowerCursor.objects.filter(follower=FOLLOWER).values_list("moved_at", flat=True).first(),
    )


def words_of(row: object, name: str = "name") -> Words:
    """Return a row's name, or text, in the three languages."""
    return Words(*(str(getattr(row, f"{name}_{language}")) for language in ("nl", "en", "fr")))


def _partners(scope: str | None) -> tuple[Organisation, ...]:
    wanted = Q(counted_as_partner=True) if scope is None else Q(code=scope)
    return tuple(Organisation.objects.filter(wanted).order_by("position", "code"))


def _counted(periods: Collection[Period]) -> tuple[Counted, ...]:
    within = Q(pk__in=())
    for period in periods:
        within |= Q(month__gte=period.start, month__lt=period.end)
    keys = ("month", "partner", "direction", "trigger", "service_outcome")
    rows = MonthCount.objects.filter(within, environment=Environment.PRODUCTION).values_list(*keys)
    return tuple(
        Counted(Month.of(month), partner, direction, trigger, service_outcome, count)
        for month, partner, direction, trigger, service_outcome, count in rows.annotate(total=Sum("count")).order_by()
    )


def _published(start: date, end: date) -> tuple[PublishedFigure, ...]:
    years = range(start.year, end.year + 1)
    figures = PublishedFigure.objects.select_related("document", "organisation").filter(year__in=years)
    return tuple(figures.order_by("document__published_on", "document__code", "id"))
