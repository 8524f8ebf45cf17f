"""Plan a step: for which day, and who is responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.connecting.move import keep_move, locked, require
from compliance.connecting.vocabulary import MoveKind
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz

if TYPE_CHECKING:
    from datetime import date

    from compliance.access.models import Account
    from compliance.connecting.models import Connection, ConnectionStep
    from compliance.connecting.vocabulary import Step


@transaction.atomic
def plan_step(
    *,
    connection: Connection,
    step: Step,
    account: Account,
    planned_on: date | None = None,
    responsible: Account | None = None,
    responsible_name: str = "",
    remark: str = "",
) -> ConnectionStep:
    """Say for which day a step is planned and who is responsible: an account, or a name. One transaction.

    Raises as :func:`~compliance.connecting.move.require`, and :class:`InvalidInputError` for a remark with a national
    number in it.
    """
    connection, at = locked(connection), now()
    require(connection, kind=MoveKind.PLANNED, account=account, at=at)
    if holds_insz(remark) or holds_insz(responsible_name):
        detail = "This holds a national number. Leave it out."
        raise InvalidInputError(errors=(FieldError("/remark", detail, "holds-national-number"),))
    kept = connection.steps.get(step=step)
    kept.planned_on, kept.remark = planned_on, remark.strip()
    kept.responsible, kept.responsible_name = responsible, "" if responsible else responsible_name.strip()
    kept.save(update_fields=["planned_on", "responsible", "responsible_name", "remark"])
    keep_move(connection, kind=MoveKind.PLANNED, step=step, account=account, at=at, reason=kept.remark)
    return kept
