"""A series beside its expectation, in words and lines."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.cases.picture import Picture, Table
from compliance.console.presenters.cases.series_drawing import Point, SeriesDrawing, draw_series
from compliance.kernel.clock import BRUSSELS
from compliance.reporting.chart import ceiling_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_LABELS = 5


class Step(StrEnum):
    """How long a point of a series lasts."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class Seen(NamedTuple):
    """What a series had in an hour, a day or a month, and what was expected of it."""

    at: datetime
    seen: int | None
    low: float | None = None
    expected: float | None = None
    high: float | None = None
    in_window: bool = False


def present_series(points: Sequence[Seen], *, key: str, title: str, step: Step) -> Picture | None:
    """Draw a series with its band; ``None`` when nothing is known of it."""
    known = [value for one in points for value in (one.seen, one.high) if value is not None]
    if not known:
        return None
    ceiling = ceiling_of([int(value) for value in known])
    inside = [one for one in points if one.in_window]
    drawing = SeriesDrawing(
        key=key,
        title=title,
        description=_series_says(inside or points),
        points=tuple(
            Point(one.seen, _point_says(one, step), one.low, one.expected, one.high, in_window=one.in_window)
            for one in points
        ),
        ceiling=float(ceiling),
    )
    has_band = any(one.low is not None for one in points)
    legend = [("seen", _("seen"))]
    if has_band:
        legend += [("band", _("expected, at the least and at the most")), ("expected", _("expected"))]
    if inside:
        legend.append(("window", _("what this is about")))
    return Picture(
        kind="series",
        title=title,
        says=drawing.description,
        drawing=SafeString(draw_series(drawing)),
        top=words.figure(ceiling),
        under=_spread([_label(one.at, step, short=True) for one in points]),
        legend=tuple(legend),
        table=Table(
            caption=title,
            columns=(_("When"), _("Seen"), _("Expected"), _("At the least"), _("At the most")),
            rows=tuple(
                (
                    _label(one.at, step),
                    _figure(one.seen),
                    _figure(one.expected),
                    _figure(one.low),
                    _figure(one.high),
                )
                for one in points
            ),
            marked=frozenset(place for place, one in enumerate(points) if one.in_window),
        ),
    )


def _point_says(one: Seen, step: Step) -> str:
    return f"{_label(one.at, step)}: {_figure(one.seen)}"


def _series_says(points: Sequence[Seen]) -> str:
    seen = sum(one.seen or 0 for one in points)
    expected = [one.expected for one in points if one.expected is not None]
    if not expected:
        return _("%(seen)s seen.") % {"seen": words.figure(seen)}
    return _("%(seen)s seen, %(expected)s expected (between %(low)s and %(high)s).") % {
        "seen": words.figure(seen),
        "expected": words.figure(round(sum(expected))),
        "low": words.figure(round(sum(one.low or 0 for one in points))),
        "high": words.figure(round(sum(one.high or 0 for one in points))),
    }


def _spread(labels: Sequence[str]) -> tuple[str, ...]:
    if len(labels) <= _LABELS:
        return tuple(labels)
    return tuple(labels[round(place * (len(labels) - 1) / (_LABELS - 1))] for place in range(_LABELS))


def _label(at: datetime, step: Step, *, short: bool = False) -> str:
    local = at.astimezone(BRUSSELS)
    match step:
        case Step.HOUR:
            return f"{local:%d/%m %H:%M}" if short else words.moment(at)
        case Step.DAY:
            return f"{local:%d/%m}" if short else words.weekday(local.date())
        case Step.MONTH:
            return f"{local:%m/%Y}" if short else words.sentence(words.month(local.date()))


def _figure(value: float | None) -> str:
    return "\N{EN DASH}" if value is None else words.figure(round(value))
