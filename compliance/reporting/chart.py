"""One panel of the chart as SVG: the months of one partner as bars, on a scale of its own.

No style attribute and no script, so that it stands under a strict Content-Security-Policy. Colours are
presentation attributes, which a style sheet may overrule through the classes ``chart-bar``, ``chart-grid``
and ``chart-text``; with ``currentColor`` a panel follows the page into the dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 320, 116
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 22, 22
_STEPS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: ``value`` None where there is no figure; ``title`` says it in words; ``under`` stands below it."""

    value: int | None
    title: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """``key`` is unique on the page; ``description`` says in a sentence what is shown; ``top`` words its scale."""

    key: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    ceiling: int
    top: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours and letter of a medium."""

    ink: str = "currentColor"
    bar: str = "currentColor"
    grid: str = "currentColor"
    font: str = "inherit"


PAGE = Palette()
PAPER = Palette(ink="#1b2733", bar="#2f6690", grid="#9aa7b4", font="Libertinus Serif")


def ceiling_of(values: list[int]) -> int:
    """Return the round figure at the top of the scale: the least of a few steps in each power of ten that holds all."""
    highest = max(values, default=0)
    if highest <= 0:
        return 1
    power = int(10 ** (len(str(highest)) - 1))
    return next(step * power // 10 for step in _STEPS if step * power >= highest * 10 and step * power % 10 == 0)


def draw(panel: Panel, palette: Palette = PAGE) -> str:
    """Return the panel as an SVG element."""
    floor, breadth = HEIGHT - _BOTTOM, WIDTH - _LEFT - _RIGHT
    pitch = breadth / max(len(panel.bars), 1)
    key = escape(panel.key)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-panel" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-labelledby="{key}-title {key}-desc" font-family="{escape(palette.font)}" font-size="11">'
        ),
        f'<title id="{key}-title">{escape(panel.title)}</title>',
        f'<desc id="{key}-desc">{escape(panel.description)}</desc>',
        _line(_TOP, palette, dashed=True),
        _line((_TOP + floor) / 2, palette, dashed=True),
        _text(WIDTH - _RIGHT, _TOP - 6, panel.top, palette, anchor="end"),
    ]
    for index, bar in enumerate(panel.bars):
        left = _LEFT + index * pitch
        parts.append(_bar(bar, left, pitch, panel.ceiling, palette))
        if bar.under:
            parts.append(_text(left + pitch / 2, HEIGHT - 7, bar.under, palette))
    return "".join((*parts, _line(floor, palette), "</svg>"))


def _bar(bar: Bar, left: float, pitch: float, ceiling: int, palette: Palette) -> str:
    floor, room = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    title = f"<title>{escape(bar.title)}</title>"
    if bar.value is None:
        middle = left + pitch / 2
        return (
            f'<g>{title}<path class="chart-none" d="M{middle - 3:.1f} {floor - 4}h6" stroke="{palette.grid}" '
            f'stroke-dasharray="2 2"/></g>'
        )
    height = max(bar.value, 0) / ceiling * room
    inset = pitch * 0.14
    return (
        f'<rect class="chart-bar" x="{left + inset:.2f}" y="{floor - height:.2f}" width="{pitch - 2 * inset:.2f}" '
        f'height="{height:.2f}" fill="{palette.bar}">{title}</rect>'
    )


def _line(height: float, palette: Palette, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="2 3" stroke-opacity="0.5"' if dashed else ""
    return (
        f'<path class="chart-grid" d="M{_LEFT} {height:.1f}H{WIDTH - _RIGHT}" stroke="{palette.grid}" '
        f'stroke-width="0.75" fill="none"{dashes}/>'
    )


def _text(x: float, y: float, text: str, palette: Palette, *, anchor: str = "middle") -> str:
    return (
        f'<text class="chart-text" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{palette.ink}">'
        f"{escape(text)}</text>"
    )
