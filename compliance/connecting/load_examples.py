"""Bring the partners of the examples to where the examples have them, by the verbs that people use."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.connecting.begin import begin
from compliance.connecting.checklist import keep_passed
from compliance.connecting.confirm import confirm
from compliance.connecting.models import Connection
from compliance.connecting.plan_step import plan_step
from compliance.connecting.vocabulary import Check, Step
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.models import Organisation, Route

if TYPE_CHECKING:
    from datetime import date

FIXTURE = Path(__file__).parent / "fixture" / "connections.toml"
REASON = "An example, as delivered with the service."
_A_STEP = timedelta(days=30)


@transaction.atomic
def load_examples() -> int:
    """Begin the connections that are missing, and bring each to its step; return how many. One transaction.

    In the name of the first operator; without one nothing is loaded. A partner that has a connection keeps it.
    """
    operator = Account.objects.filter(role=Role.OPERATOR, is_active=True).order_by("pk").first()
    if operator is None:
        return 0
    standing = set(Connection.objects.values_list("organisation__code", flat=True))
    organisations = {one.code: one for one in Organisation.objects.all()}
    routes = {one.code: one for one in Route.objects.all()}
    with FIXTURE.open("rb") as file:
        missing = [row for row in tomllib.load(file)["connection"] if row["organisation"] not in standing]
    for row in missing:
        connection = begin(
            organisation=organisations[row["organisation"]],
            route=routes[row["route"]],
            vendor=organisations.get(row.get("vendor", "")),
            account=operator,
            reason=REASON,
        )
        _bring(connection, row, operator)
    return len(missing)


def _bring(connection: Connection, row: dict[str, Any], operator: Account) -> None:
    connected = row["step"] == "connected"
    target = Step.PRODUCTION if connected else Step(row["step"])
    today = now().astimezone(BRUSSELS).date()
    done = list(Step) if connected else list(Step)[: list(Step).index(target)]
    for position, step in enumerate(done):
        if step is Step.TESTS_PASSED:
            keep_passed(connection=connection, checks=tuple(Check), actor=operator.actor)
        day = today - _A_STEP * (len(done) - position)
        connection = confirm(connection=connection, seen=step, account=operator, reason=REASON, done_on=day)
    keep_passed(connection=connection, checks=[Check(check) for check in row.get("checks", ())], actor=operator.actor)
    if not connected:
        plan_step(
            connection=connection,
            step=target,
            account=operator,
            planned_on=_day(row, today),
            responsible_name=row.get("responsible", ""),
            remark=row.get("remark", ""),
        )


def _day(row: dict[str, Any], today: date) -> date | None:
    return today + timedelta(days=row["planned_in"]) if "planned_in" in row else None
