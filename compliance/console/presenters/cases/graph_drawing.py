"""Who looked at whom: users at the left, persons at the right, a line for each pair, thicker for more look-ups.

Nobody is named: users are letters and persons numbers, the same in the table beside it. As wide as a telephone, so that
its letters stay legible. Colours come from the classes in ``cases.css``.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH = 320
_PITCH, _TOP, _RADIUS = 30, 20, 11
_LEFT, _RIGHT = 22, WIDTH - 22
_THINNEST, _THICKEST = 1.5, 7.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One pair: places among the users and the persons, how many look-ups, words, and whether nothing explains it."""

    user: int
    person: int
    look_ups: int
    title: str
    is_unexplained: bool


@dataclass(frozen=True, slots=True)
class GraphDrawing:
    """``users`` and ``persons`` are the short names that stand in the nodes; ``key`` is unique on the page."""

    key: str
    title: str
    description: str
    users: tuple[str, ...]
    persons: tuple[str, ...]
    edges: tuple[Edge, ...]


def draw_graph(drawing: GraphDrawing) -> str:
    """Return the graph as an SVG element."""
    rows = max(len(drawing.users), len(drawing.persons), 1)
    height = 2 * _TOP + _PITCH * (rows - 1)
    most = max((edge.look_ups for edge in drawing.edges), default=1)
    key = escape(drawing.key)
    users = [_place(index, len(drawing.users), height) for index in range(len(drawing.users))]
    persons = [_place(index, len(drawing.persons), height) for index in range(len(drawing.persons))]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="0 0 {WIDTH} {height:g}" role="img" ',
            f'aria-labelledby="{key}-title {key}-desc" font-size="11">',
            f'<title id="{key}-title">{escape(drawing.title)}</title>',
            f'<desc id="{key}-desc">{escape(drawing.description)}</desc>',
            *(_edge(edge, users[edge.user], persons[edge.person], most) for edge in drawing.edges),
            *(_node(_LEFT, y, name, "user") for y, name in zip(users, drawing.users, strict=True)),
            *(_node(_RIGHT, y, name, "person") for y, name in zip(persons, drawing.persons, strict=True)),
            "</svg>",
        )
    )


def _place(index: int, count: int, height: float) -> float:
    """Return how low one of several stands: the fewer side stands in the middle of the other."""
    return height / 2 + (index - (count - 1) / 2) * min(_PITCH, (height - 2 * _TOP) / max(count - 1, 1))


def _edge(edge: Edge, left: float, right: float, most: int) -> str:
    width = _THINNEST + (_THICKEST - _THINNEST) * (edge.look_ups - 1) / max(most - 1, 1)
    kind = "graph__edge--unexplained" if edge.is_unexplained else "graph__edge--explained"
    middle = WIDTH / 2
    return (
        f'<path class="graph__edge {kind}" stroke-width="{width:.1f}" fill="none" '
        f'd="M{_LEFT} {left:.1f}C{middle} {left:.1f} {middle} {right:.1f} {_RIGHT} {right:.1f}">'
        f"<title>{escape(edge.title)}</title></path>"
    )


def _node(x: float, y: float, name: str, kind: str) -> str:
    shape = (
        f'<circle class="graph__node graph__node--user" cx="{x}" cy="{y:.1f}" r="{_RADIUS}"/>'
        if kind == "user"
        else f'<rect class="graph__node graph__node--person" x="{x - _RADIUS}" y="{y - _RADIUS:.1f}" '
        f'width="{2 * _RADIUS}" height="{2 * _RADIUS}" rx="3"/>'
    )
    return (
        f'{shape}<text class="graph__name graph__name--{kind}" x="{x}" y="{y + 4:.1f}" text-anchor="middle">'
        f"{escape(name)}</text>"
    )
