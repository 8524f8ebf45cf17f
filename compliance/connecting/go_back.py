"""Go back to an earlier step, for a reason; who was in production no longer is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.connecting.move import NotAllowedNowError, keep_move, locked, require, stated
from compliance.connecting.rules import steps_before, steps_from
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.change import change
from compliance.registry.models import ConnectionPeriod

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.connecting.models import Connection


@transaction.atomic
def go_back(*, connection: Connection, seen: Step, to: Step, account: Account, reason: str) -> Connection:
    """Go back to an earlier step: that one and all after it are to be done again, self-tests too. One transaction.

    Going back from production ends the period of connection in the register. Raises as
    :func:`~compliance.connecting.move.require`.
    """
    connection, at, why = locked(connection), now(), stated(reason)
    require(connection, kind=MoveKind.BACK, account=account, at=at, seen=seen)
    if to not in steps_before(Step(connection.step)):
        detail = "One can only go back to an earlier step."
        raise NotAllowedNowError(detail)
    if connection.connected_on is not None:
        _end_period(connection, at, account, why)
    connection.steps.filter(step__in=steps_from(to)).update(done_on=None, ready_at=None, ready_by="")
    connection.step, connection.connected_on = to, None
    connection.save(update_fields=["step", "connected_on"])
    keep_move(connection, kind=MoveKind.BACK, step=to, account=account, at=at, reason=why)
    return connection


def _end_period(connection: Connection, at: datetime, account: Account, reason: str) -> None:
    standing = ConnectionPeriod.objects.filter(
        organisation=connection.organisation, route=connection.route, connected_until=None
    ).first()
    if standing is not None:
        # A period holds a day at least: who was connected today was connected today.
        standing.connected_until = max(at.astimezone(BRUSSELS).date(), standing.connected_from + timedelta(days=1))
        change(instance=standing, actor=account.actor, reason=reason)
