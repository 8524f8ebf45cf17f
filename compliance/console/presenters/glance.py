"""The figures at a glance: twelve months as bars, with the same figures as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.reporting.chart import Bar, Panel, ceiling_of, draw
from compliance.reporting.months import Month
from compliance.reporting.numbers import initial_of

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Glance:
    """A total, its period, a chart and the rows behind it."""

    total: str
    period: str
    chart: SafeString
    rows: tuple[tuple[str, str], ...]


def present_glance(months: list[tuple[date, int]]) -> Glance | None:
    """Put months and their exchanges into words and bars; ``None`` when nothing was counted yet."""
    if not months:
        return None
    rows = tuple((words.sentence(words.month(month)), words.figure(count)) for month, count in months)
    ceiling = ceiling_of([count for _month, count in months])
    period = _("%(first)s to %(last)s") % {"first": words.month(months[0][0]), "last": words.month(months[-1][0])}
    bars = tuple(
        Bar(count, f"{label}: {figure}", initial_of(Month.of(month), words.language()))
        for (month, count), (label, figure) in zip(months, rows, strict=True)
    )
    title = _("Exchanges per month")
    return Glance(
        total=words.figure(sum(count for _month, count in months)),
        period=period,
        chart=SafeString(draw(Panel("glance", title, period, bars, ceiling, words.figure(ceiling)))),
        rows=rows,
    )
