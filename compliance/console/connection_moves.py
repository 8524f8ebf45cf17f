"""Which form belongs to which move of a connection, and which verb carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.connecting.arrange import arrange
from compliance.connecting.confirm import confirm
from compliance.connecting.go_back import go_back
from compliance.connecting.plan_step import plan_step
from compliance.connecting.rules import steps_before
from compliance.connecting.vocabulary import Step
from compliance.console.connection_forms import ArrangeForm, BackForm, ConfirmForm, MoveForm, PlanForm

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.connecting.models import Connection

FORMS: dict[str, type[MoveForm]] = {"confirm": ConfirmForm, "plan": PlanForm, "arrange": ArrangeForm, "back": BackForm}


def forms_for(connection: Connection) -> dict[str, MoveForm]:
    """Return the forms that make sense now, filled in as it stands."""
    step = connection.steps.get(step=connection.step)
    forms: dict[str, MoveForm] = {
        "arrange": ArrangeForm(
            connection=connection,
            initial={
                "route": connection.route,
                "vendor": connection.vendor,
                "authorisation": connection.authorisation,
            },
        )
    }
    if connection.connected_on is None:
        planned = {name: getattr(step, name) for name in ("planned_on", "responsible", "responsible_name", "remark")}
        forms |= {
            "confirm": ConfirmForm(connection=connection),
            "plan": PlanForm(connection=connection, initial=planned),
        }
    if steps_before(Step(connection.step)):
        forms["back"] = BackForm(connection=connection)
    return forms


def make_move(kind: str, *, connection: Connection, seen: Step, account: Account, asked: dict[str, Any]) -> None:
    """Carry a move out."""
    match kind:
        case "confirm":
            confirm(connection=connection, seen=seen, account=account, **asked)
        case "back":
            asked = {**asked, "to": Step(asked["to"])}
            go_back(connection=connection, seen=seen, account=account, **asked)
        case "plan":
            plan_step(connection=connection, step=seen, account=account, **asked)
        case "arrange":
            arrange(connection=connection, account=account, **asked)
