"""The way from a record to the root as SVG: the record below, at each join its neighbour, the checkpoint on top.

No style attribute and no script, so that it stands under a strict Content-Security-Policy; colours come from the
classes in ``proof.css``. Measures are units of the drawing, as wide as a telephone, so that its letters stay legible.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from compliance.reporting.ledger_proof.path import Side

WIDTH = 360
_MIDDLE = WIDTH / 2
_EDGE = 4
_OWN, _OTHER = 112, 98
_LEAF, _ROOT = 144, 190
_BOX = 34
_PITCH = 58
_END = 44
_RULE = 3
_PLAQUE_LINE = 18


@dataclass(frozen=True, slots=True)
class Rung:
    """One join: on which side the neighbour stands; two lines for it, and two for what both give."""

    side: Side
    neighbour: tuple[str, str]
    joined: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, from the top: the plaque (a checkpoint, its root and who vouches for it), the rungs, the leaf.

    ``root`` words the last joined node. Without ``is_signed`` the plaque is a promise; without ``holds`` the way
    does not reach the root on the plaque.
    """

    key: str
    title: str
    description: str
    plaque: tuple[str, ...]
    root: tuple[str, str]
    rungs: tuple[Rung, ...]
    leaf: tuple[str, str]
    is_signed: bool
    holds: bool


def draw_proof(drawing: Drawing) -> str:
    """Return the drawing as an SVG element."""
    plaque = 14 + _PLAQUE_LINE * len(drawing.plaque)
    root_y = _EDGE + plaque + 40
    leaf_y = root_y + _END + _RULE + 26 + _PITCH * max(len(drawing.rungs) - 1, 0)
    height = leaf_y + _END + _EDGE
    key = escape(drawing.key)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="proof-drawing" viewBox="0 0 {WIDTH} {height:g}"',
            f' role="img" aria-labelledby="{key}-title {key}-desc" font-size="12">',
            f'<title id="{key}-title">{escape(drawing.title)}</title>',
            f'<desc id="{key}-desc">{escape(drawing.description)}</desc>',
            _plaque(drawing, plaque),
            _bond(_EDGE + plaque, root_y, holds=drawing.holds),
            _way(drawing, root_y, leaf_y),
            _end(root_y, _ROOT, drawing.root, "root" if drawing.holds else "broken"),
            _line(_MIDDLE - _ROOT / 2, root_y + _END + _RULE, _MIDDLE + _ROOT / 2, root_y + _END + _RULE),
            _end(leaf_y, _LEAF, drawing.leaf, "leaf"),
            "</svg>",
        )
    )


def _way(drawing: Drawing, root_y: float, leaf_y: float) -> str:
    """Draw every join, from the leaf up."""
    parts = []
    top, own_height = leaf_y, _END
    for number, rung in enumerate(drawing.rungs, start=1):
        is_last = number == len(drawing.rungs)
        above = root_y + _END + _RULE if is_last else leaf_y - number * _PITCH + _BOX
        parts.append(_rung(rung, top=top, own_height=own_height, above=above))
        if not is_last:
            top, own_height = leaf_y - number * _PITCH, _BOX
            parts.append(_box(_MIDDLE - _OWN / 2, top, _OWN, rung.joined, "own"))
    if not drawing.rungs:
        parts.append(_line(_MIDDLE, leaf_y, _MIDDLE, root_y + _END + _RULE, "own"))
    return "".join(parts)


def _rung(rung: Rung, *, top: float, own_height: float, above: float) -> str:
    """Draw a neighbour beside the node whose top is here, and how both are joined on the way up."""
    left = _EDGE if rung.side is Side.LEFT else WIDTH - _EDGE - _OTHER
    centre = left + _OTHER / 2
    join = (top + above) / 2
    box = top + (own_height - _BOX) / 2
    return (
        f'<path class="proof-line" d="M{centre:g} {box:g}V{join:g}H{_MIDDLE:g}"/>'
        + _line(_MIDDLE, top, _MIDDLE, above, "own")
        + f'<circle class="proof-join" cx="{_MIDDLE:g}" cy="{join:g}" r="4"/>'
        + _box(left, box, _OTHER, rung.neighbour, "other")
    )


def _plaque(drawing: Drawing, height: float) -> str:
    kind = "signed" if drawing.is_signed else "promised"
    lines = (
        _text(_MIDDLE, _EDGE + 20 + number * _PLAQUE_LINE, line, "strong" if number == 0 else "plain")
        for number, line in enumerate(drawing.plaque)
    )
    box = _rect(_EDGE, _EDGE, WIDTH - 2 * _EDGE, height, kind)
    return box + "".join(lines)


def _bond(bottom: float, root_y: float, *, holds: bool) -> str:
    """Draw whether the root that was reached is the one on the plaque."""
    middle = (bottom + root_y) / 2
    kind = "holds" if holds else "broken"
    return (
        _line(_MIDDLE, bottom, _MIDDLE, root_y, "own")
        + f'<circle class="proof-bond proof-bond--{kind}" cx="{_MIDDLE:g}" cy="{middle:g}" r="11"/>'
        + _text(_MIDDLE, middle + 5, "=" if holds else "≠", f"bond proof-text--{kind}")
    )


def _end(y: float, width: float, lines: tuple[str, str], kind: str) -> str:
    """Draw the leaf or the root: what the way is between."""
    return (
        _rect(_MIDDLE - width / 2, y, width, _END, kind)
        + _text(_MIDDLE, y + 18, lines[0], f"strong proof-text--on-{kind}")
        + _text(_MIDDLE, y + 35, lines[1], f"hash proof-text--on-{kind}")
    )


def _box(x: float, y: float, width: float, lines: tuple[str, str], kind: str) -> str:
    text = _text(x + width / 2, y + 14, lines[0], "hash") + _text(x + width / 2, y + 28, lines[1], "count")
    return _rect(x, y, width, _BOX, kind) + text


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    measures = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="proof-box proof-box--{kind}" {measures} rx="3"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str = "other") -> str:
    return f'<path class="proof-line proof-line--{kind}" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>'


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="proof-text proof-text--{kind}" x="{x:g}" y="{y:g}" text-anchor="middle">{escape(text)}</text>'
