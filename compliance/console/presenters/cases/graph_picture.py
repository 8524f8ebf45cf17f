"""Who looked at whom, in words and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.cases.graph_drawing import Edge, GraphDrawing, draw_graph
from compliance.console.presenters.cases.picture import Picture, Table, look_up_words

if TYPE_CHECKING:
    from collections.abc import Sequence

NODES = 12


class Pair(NamedTuple):
    """A user and a person, by pseudonym, and how often the one looked at the other."""

    user: int
    person: int
    look_ups: int
    unexplained: int


def present_graph(pairs: Sequence[Pair], *, key: str, most: int = NODES) -> Picture | None:
    """Draw who looked at whom, the most look-ups first; ``None`` when there is nobody."""
    shown, left = _most(pairs, most)
    if not shown:
        return None
    users = {user: letter(place) for place, user in enumerate(dict.fromkeys(one.user for one in shown))}
    persons = {person: str(place) for place, person in enumerate(dict.fromkeys(one.person for one in shown), start=1)}
    title = _("Who looked at whom")
    says = " ".join(
        (
            ngettext("%(count)s user", "%(count)s users", len(users)) % {"count": words.figure(len(users))} + ",",
            ngettext("%(count)s person", "%(count)s persons", len(persons)) % {"count": words.figure(len(persons))}
            + ",",
            look_up_words(sum(one.look_ups for one in shown)) + ".",
        )
    )
    if left:
        says = f"{says} " + ngettext(
            "%(count)s more pair is not drawn.", "%(count)s more pairs are not drawn.", left
        ) % {"count": words.figure(left)}
    names = [
        (_("user %(name)s") % {"name": users[one.user]}, _("person %(name)s") % {"name": persons[one.person]})
        for one in shown
    ]
    edges = tuple(
        Edge(
            list(users).index(one.user),
            list(persons).index(one.person),
            one.look_ups,
            f"{user}, {person}: {look_up_words(one.look_ups)}",
            one.unexplained > 0,
        )
        for one, (user, person) in zip(shown, names, strict=True)
    )
    return Picture(
        kind="graph",
        title=title,
        says=says,
        drawing=SafeString(
            draw_graph(GraphDrawing(key, title, says, tuple(users.values()), tuple(persons.values()), edges))
        ),
        top="",
        under=(),
        legend=(
            ("explained", _("explained")),
            ("unexplained", _("without an explanation")),
        ),
        table=Table(
            caption=title,
            columns=(_("User"), _("Person"), _("Look-ups"), _("Without an explanation")),
            rows=tuple(
                (
                    words.sentence(user),
                    words.sentence(person),
                    words.figure(one.look_ups),
                    words.figure(one.unexplained),
                )
                for one, (user, person) in zip(shown, names, strict=True)
            ),
            marked=frozenset(place for place, one in enumerate(shown) if one.unexplained),
        ),
    )


def letter(place: int) -> str:
    """Return ``A`` to ``Z``, then ``A2``, ``B2``, ...: a name for somebody who has none."""
    return chr(ord("A") + place % 26) + ("" if place < 26 else str(place // 26 + 1))  # noqa: PLR2004 the alphabet


def _most(pairs: Sequence[Pair], most: int) -> tuple[list[Pair], int]:
    """Return the pairs that fit in a drawing, unexplained and frequent first, and how many do not."""
    shown: list[Pair] = []
    users: set[int] = set()
    persons: set[int] = set()
    for one in sorted(pairs, key=lambda one: (-one.unexplained, -one.look_ups, one)):
        if len(users | {one.user}) <= most and len(persons | {one.person}) <= most:
            users.add(one.user)
            persons.add(one.person)
            shown.append(one)
    return shown, len(pairs) - len(shown)
