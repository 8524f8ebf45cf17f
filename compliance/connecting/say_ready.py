"""Say that one's own part of a step is done; an operator confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.connecting.move import NotAllowedNowError, keep_move, locked, require
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.connecting.models import Connection, ConnectionStep


@transaction.atomic
def say_ready(*, connection: Connection, seen: Step, account: Account, remark: str = "") -> ConnectionStep:
    """Call the present step ready, once. One transaction. Raises as :func:`~compliance.connecting.move.require`."""
    connection, at = locked(connection), now()
    require(connection, kind=MoveKind.READY, account=account, at=at, seen=seen)
    step = connection.steps.get(step=seen)
    if step.ready_at is not None:
        detail = "This step was called ready before."
        raise NotAllowedNowError(detail)
    step.ready_at, step.ready_by = at, account.username
    step.save(update_fields=["ready_at", "ready_by"])
    keep_move(connection, kind=MoveKind.READY, step=seen, account=account, at=at, reason=remark.strip())
    return step
