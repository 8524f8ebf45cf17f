"""A series with the band in which it was expected, and the window that is talked about: one drawing for two sizes.

No style attribute, no script and no letters: the drawing is stretched to the room that it gets, and the page writes the
scale beside it. Lines keep their width while they are stretched; dots are lines of no length with round ends.
Colours come from the classes in ``cases.css``.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = TypeVar("Value")

WIDTH, HEIGHT = 400, 120
_STEADY = 'vector-effect="non-scaling-stroke"'


@dataclass(frozen=True, slots=True)
class Point:
    """One hour, day or month: what was seen (``None``: nothing known), what was expected, and both in words."""

    seen: float | None
    title: str
    low: float | None = None
    expected: float | None = None
    high: float | None = None
    in_window: bool = False


@dataclass(frozen=True, slots=True)
class SeriesDrawing:
    """``key`` is unique on the page; ``ceiling`` is the top of the scale, its bottom is nought."""

    key: str
    title: str
    description: str
    points: tuple[Point, ...]
    ceiling: float


def draw_series(drawing: SeriesDrawing) -> str:
    """Return the series as an SVG element."""
    key = escape(drawing.key)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="series" viewBox="0 0 {WIDTH} {HEIGHT}" ',
            f'preserveAspectRatio="none" role="img" aria-labelledby="{key}-title {key}-desc">',
            f'<title id="{key}-title">{escape(drawing.title)}</title>',
            f'<desc id="{key}-desc">{escape(drawing.description)}</desc>',
            _window(drawing),
            _band(drawing),
            _line(drawing, [point.expected for point in drawing.points], "series__expected"),
            _line(drawing, [point.seen for point in drawing.points], "series__seen"),
            *_dots(drawing),
            f'<path class="series__floor" d="M0 {HEIGHT}H{WIDTH}" {_STEADY}/></svg>',
        )
    )


def _x(drawing: SeriesDrawing, index: float) -> float:
    return (index + 0.5) * WIDTH / max(len(drawing.points), 1)


def _y(drawing: SeriesDrawing, value: float) -> float:
    return HEIGHT - min(max(value, 0), drawing.ceiling) / (drawing.ceiling or 1) * HEIGHT


def _window(drawing: SeriesDrawing) -> str:
    inside = [index for index, point in enumerate(drawing.points) if point.in_window]
    if not inside:
        return ""
    left, right = _x(drawing, inside[0] - 0.5), _x(drawing, inside[-1] + 0.5)
    return f'<rect class="series__window" x="{left:.1f}" y="0" width="{right - left:.1f}" height="{HEIGHT}"/>'


def _band(drawing: SeriesDrawing) -> str:
    """Draw the band, in as many pieces as it has gaps."""
    pieces = []
    for piece in _pieces([None if point.low is None else (point.low, point.high) for point in drawing.points]):
        known = [(index, pair[0], pair[0] if pair[1] is None else pair[1]) for index, pair in piece]
        upper = [f"{_x(drawing, index):.1f} {_y(drawing, high):.1f}" for index, _low, high in known]
        lower = [f"{_x(drawing, index):.1f} {_y(drawing, low):.1f}" for index, low, _high in reversed(known)]
        pieces.append(f'<path class="series__band" d="M{"L".join((*upper, *lower))}Z"/>')
    return "".join(pieces)


def _line(drawing: SeriesDrawing, values: Sequence[float | None], kind: str) -> str:
    ways = [
        "M" + "L".join(f"{_x(drawing, index):.1f} {_y(drawing, value):.1f}" for index, value in piece)
        for piece in _pieces(values)
    ]
    return f'<path class="{kind}" d="{"".join(ways)}" fill="none" {_STEADY}/>' if ways else ""


def _dots(drawing: SeriesDrawing) -> list[str]:
    return [
        f'<path class="series__dot" d="M{_x(drawing, index):.1f} {_y(drawing, point.seen):.1f}h0" {_STEADY}>'
        f"<title>{escape(point.title)}</title></path>"
        for index, point in enumerate(drawing.points)
        if point.in_window and point.seen is not None
    ]


def _pieces(values: Sequence[Value | None]) -> list[list[tuple[int, Value]]]:
    """Return stretches of what is known, each value with its place."""
    pieces: list[list[tuple[int, Value]]] = []
    before = -2
    for index, value in enumerate(values):
        if value is None:
            continue
        if index != before + 1:
            pieces.append([])
        pieces[-1].append((index, value))
        before = index
    return pieces
