"""What every move of a connection has in common: the lock, the question whether it is allowed, and the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.connecting.models import Connection, ConnectionMove
from compliance.connecting.obstacles import obstacles
from compliance.connecting.rules import Need, rule_for
from compliance.connecting.sides import side_of
from compliance.connecting.tell import tell_of_move
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.errors import ConflictError, FieldError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account

ACTS = {
    MoveKind.BEGUN: ActKind.CONNECTION_BEGUN,
    MoveKind.ARRANGED: ActKind.CONNECTION_ARRANGED,
    MoveKind.PLANNED: ActKind.CONNECTION_PLANNED,
    MoveKind.READY: ActKind.CONNECTION_READY,
    MoveKind.CONFIRMED: ActKind.CONNECTION_CONFIRMED,
    MoveKind.BACK: ActKind.CONNECTION_BACK,
}
NEEDED = {
    Need.CHECKLIST: "Not every self-test was passed yet.",
    Need.TESTS: "The tests were not confirmed.",
    Need.AUTHORISATION: "No authorisation in force names this partner, its route and production.",
}
SHORTEST_REASON = 10


class MovedMeanwhileError(ConflictError):
    """Somebody else moved it since it was read."""

    problem_type = "changed-meanwhile"
    title = "Somebody else moved this connection meanwhile; look at it again."


class NotAllowedNowError(ConflictError):
    """There is no such move in this step, or something must hold first."""

    problem_type = "not-allowed-now"
    title = "This cannot be done in this step."


def locked(connection: Connection) -> Connection:
    """Return a connection as it stands, and keep others from moving it until the transaction ends."""
    found = Connection.objects.select_for_update(of=("self",)).select_related("organisation", "route", "vendor")
    return found.get(pk=connection.pk)


def require(
    connection: Connection, *, kind: MoveKind, account: Account, at: datetime, seen: Step | None = None
) -> None:
    """Raise unless a person may make this move now.

    :class:`NotFoundError` when it is not the person's business, :class:`ForbiddenError` when it is another side's,
    :class:`MovedMeanwhileError` when it is not in the step that was ``seen``, :class:`NotAllowedNowError` with
    every need that does not hold.
    """
    side = side_of(account, connection, at=at)
    if side is None:
        raise NotFoundError
    if seen is not None and seen != connection.step:
        raise MovedMeanwhileError
    rule = rule_for(Step(connection.step), kind)
    if rule is None:
        raise NotAllowedNowError
    if side not in rule.sides:
        raise ForbiddenError
    if lacking := obstacles(connection, kind, at=at):
        raise NotAllowedNowError(
            errors=tuple(FieldError(f"/{need.value}", NEEDED[need], need.value) for need in lacking)
        )


def stated(reason: str) -> str:
    """Return a reason; refuse one of fewer than ten characters, or with a national number in it."""
    told = reason.strip()
    if len(told) < SHORTEST_REASON or holds_insz(told):
        detail = "Say why in at least ten characters, and without a national number."
        raise InvalidInputError(errors=(FieldError("/reason", detail, "not-a-reason"),))
    return told


def keep_move(
    connection: Connection, *, kind: MoveKind, step: Step, account: Account, at: datetime, reason: str
) -> ConnectionMove:
    """Append what was done, here and to the ledger, and tell the other side, in the change's own transaction."""
    actor = account.actor
    details = {"organisation": connection.organisation.code, "route": connection.route.code, "step": step.value}
    act = record_act(actor=actor, kind=ACTS[kind], object_id=connection.pk, reason=reason, details=details)
    move = ConnectionMove.objects.create(
        connection=connection,
        kind=kind,
        step=step,
        at=at,
        actor=actor.name,
        organisation=actor.organisation,
        reason=reason,
        act=act,
    )
    tell_of_move(move)
    return move
