"""Tell the other side what was done with a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.access.roles import Capability
from compliance.connecting.sides import side_of
from compliance.connecting.vocabulary import MoveKind, Side
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.connecting.models import ConnectionMove
    from compliance.notices.models import Notice

# What a move tells, and which side; who begins, arranges or plans has spoken with the partner.
TOLD: dict[MoveKind, tuple[NoticeKind, Side]] = {
    MoveKind.READY: (NoticeKind.CONNECTION_STEP_READY, Side.BANK),
    MoveKind.CONFIRMED: (NoticeKind.CONNECTION_STEP_CONFIRMED, Side.PARTNER),
    MoveKind.BACK: (NoticeKind.CONNECTION_WENT_BACK, Side.PARTNER),
}


def tell_of_move(move: ConnectionMove) -> list[Notice]:
    """Tell of a move the people of the side that the table names, but not who made it. In the caller's transaction."""
    if MoveKind(move.kind) not in TOLD:
        return []
    kind, side = TOLD[MoveKind(move.kind)]
    code = move.connection.organisation.code
    words = {"organisation": code}
    if kind is NoticeKind.CONNECTION_STEP_READY:
        words["by"] = move.organisation or keeper()
    return notify(
        recipients=[one for one in _people(move, side) if one.username != move.actor],
        kind=kind,
        key=str(move.pk),
        address=reverse("connection" if side is Side.BANK else "portal-connection", args=[code]),
        words=words,
    )


def _people(move: ConnectionMove, side: Side) -> list[Account]:
    if side is Side.BANK:
        return list(people_who(Capability.KEEP_CONNECTIONS))
    connection = move.connection
    parties = [one.code for one in (connection.organisation, connection.vendor) if one is not None]
    people = people_who(Capability.SEE_OWN_CONNECTION).filter(organisation__code__in=parties)
    return [one for one in people.select_related("organisation") if side_of(one, connection, at=move.at) is side]
