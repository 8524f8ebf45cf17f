"""Confirm that a step is done, and go on to the next; after the last the partner is connected."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.connecting.move import NotAllowedNowError, keep_move, locked, require, stated
from compliance.connecting.rules import next_step
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.registry.change import change
from compliance.registry.models import ConnectionPeriod

if TYPE_CHECKING:
    from datetime import date

    from compliance.access.models import Account
    from compliance.connecting.models import Connection

_FARTHEST_BACK = timedelta(days=366)


@transaction.atomic
def confirm(
    *, connection: Connection, seen: Step, account: Account, reason: str, done_on: date | None = None
) -> Connection:
    """Confirm the present step as done on a day, today when none is given. One transaction.

    Confirming production writes the period of connection into the register, from that day on. Raises as
    :func:`~compliance.connecting.move.require`, and :class:`InvalidInputError` for a day to come, or long past.
    """
    connection, at, why = locked(connection), now(), stated(reason)
    require(connection, kind=MoveKind.CONFIRMED, account=account, at=at, seen=seen)
    if connection.connected_on is not None:
        detail = "This partner is in production already."
        raise NotAllowedNowError(detail)
    today = at.astimezone(BRUSSELS).date()
    day = done_on or today
    if not today - _FARTHEST_BACK <= day <= today:
        detail = "Give a day of the past year, at the latest today."
        raise InvalidInputError(errors=(FieldError("/done_on", detail, "not-a-day"),))
    connection.steps.filter(step=seen).update(done_on=day)
    following = next_step(seen)
    if following is None:
        connection.connected_on = _open_period(connection, day, account, why)
    else:
        connection.step = following
    connection.save(update_fields=["step", "connected_on"])
    keep_move(connection, kind=MoveKind.CONFIRMED, step=seen, account=account, at=at, reason=why)
    return connection


def _open_period(connection: Connection, day: date, account: Account, reason: str) -> date:
    """Write the period into the register, unless one by this route stands; return since when it is connected."""
    periods = ConnectionPeriod.objects.filter(organisation=connection.organisation, route=connection.route)
    standing = periods.filter(connected_until=None).first()
    if standing is not None:
        return standing.connected_from
    last = periods.order_by("-connected_until").first()
    if last is not None and last.connected_until is not None:
        day = max(day, last.connected_until)
    period = ConnectionPeriod(organisation=connection.organisation, route=connection.route, connected_from=day)
    change(instance=period, actor=account.actor, reason=reason)
    return day
