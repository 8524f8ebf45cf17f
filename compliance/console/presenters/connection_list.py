"""The board of all partners being connected: a column per step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.connection import is_late, responsible_words
from compliance.console.presenters.progress import ON_THE_BOARD, progress_of, progress_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from compliance.connecting.models import Connection
    from compliance.connecting.municipal_progress import Progress
    from compliance.console.door import Door


@dataclass(frozen=True, slots=True)
class Card:
    """One partner in a column."""

    organisation: str
    address: str
    under: str
    day: str
    responsible: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Column:
    """One step, and who is in it."""

    key: str
    words: str
    count: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ConnectionBoard:
    """All columns."""

    columns: tuple[Column, ...]
    shown: str


def present_connections(*, connections: Sequence[Connection], at: datetime, door: Door) -> ConnectionBoard:
    """Put connections into their columns."""
    return ConnectionBoard(
        columns=tuple(
            _column(progress, [one for one in connections if progress_of(one) is progress], at, door)
            for progress in ON_THE_BOARD
        ),
        shown=ngettext("%(count)s partner.", "%(count)s partners.", len(connections))
        % {"count": words.figure(len(connections))},
    )


def _column(progress: Progress, connections: Sequence[Connection], at: datetime, door: Door) -> Column:
    return Column(
        key=progress.value,
        words=words.sentence(progress_words(progress)),
        count=words.figure(len(connections)),
        cards=tuple(_card(one, at, door) for one in connections),
    )


def _card(connection: Connection, at: datetime, door: Door) -> Card:
    step = next(step for step in connection.steps.all() if step.step == connection.step)
    parts = [connection.route.name, *([connection.vendor.name] if connection.vendor else [])]
    badge = None
    if is_late(step, connection, at):
        badge = Badge(_("late"), "bad")
    elif connection.connected_on is None and step.ready_at is not None:
        badge = Badge(_("ready, to be confirmed"), "care")
    return Card(
        organisation=connection.organisation.name,
        address=door.address("connection", connection.organisation.code),
        under=", ".join(parts),
        day=_day(connection, words.day(step.planned_on) if step.planned_on else ""),
        responsible="" if connection.connected_on else responsible_words(step),
        badge=badge,
    )


def _day(connection: Connection, planned: str) -> str:
    if connection.connected_on is not None:
        return _("since %(day)s") % {"day": words.day(connection.connected_on)}
    return _("planned on %(day)s") % {"day": planned} if planned else _("not planned yet")
