"""A day of a user on a line: a mark for each exchange, under the hours in which the partner's people work.

As the series: stretched to its room, without letters; the page writes the hours under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 480, 44
MINUTES = 24 * 60
_STEADY = 'vector-effect="non-scaling-stroke"'
_HOURS = "".join(f"M{hour * WIDTH / 24:g} 38V44" for hour in range(25))


@dataclass(frozen=True, slots=True)
class Mark:
    """One exchange: the minute of the day, its words, and whether the case is about it."""

    minute: int
    title: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class DayDrawing:
    """``office`` holds the hours of work of that day, from until; ``key`` is unique on the page."""

    key: str
    title: str
    description: str
    marks: tuple[Mark, ...]
    office: tuple[int, int] | None = None


def draw_day(drawing: DayDrawing) -> str:
    """Return the day as an SVG element."""
    key = escape(drawing.key)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="day" viewBox="0 0 {WIDTH} {HEIGHT}" ',
            f'preserveAspectRatio="none" role="img" aria-labelledby="{key}-title {key}-desc">',
            f'<title id="{key}-title">{escape(drawing.title)}</title>',
            f'<desc id="{key}-desc">{escape(drawing.description)}</desc>',
            _office(drawing),
            f'<path class="day__hours" d="{_HOURS}" {_STEADY}/>',
            f'<path class="day__line" d="M0 38H{WIDTH}" {_STEADY}/>',
            *(_mark(mark) for mark in drawing.marks),
            "</svg>",
        )
    )


def _office(drawing: DayDrawing) -> str:
    if drawing.office is None or drawing.office[0] >= drawing.office[1]:
        return ""
    left, right = (hour * WIDTH / 24 for hour in drawing.office)
    return f'<rect class="day__office" x="{left:g}" y="0" width="{right - left:g}" height="38"/>'


def _mark(mark: Mark) -> str:
    x = mark.minute * WIDTH / MINUTES
    kind, top = ("day__mark--told", 4) if mark.is_told else ("day__mark--beside", 18)
    return f'<path class="day__mark {kind}" d="M{x:.2f} {top}V38" {_STEADY}><title>{escape(mark.title)}</title></path>'
