"""What stands in the way of a move."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from compliance.connecting.authorised import authorised_for
from compliance.connecting.checklist import is_complete
from compliance.connecting.rules import Need, rule_for
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.exchanges.vocabulary import Environment

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.connecting.models import Connection


def obstacles(connection: Connection, kind: MoveKind, *, at: datetime) -> list[Need]:
    """Return what a move in the present step still needs."""
    rule = rule_for(Step(connection.step), kind)
    return [need for need in (rule.needs if rule else ()) if not _holds(need, connection, at)]


def _holds(need: Need, connection: Connection, at: datetime) -> bool:
    match need:
        case Need.CHECKLIST:
            return is_complete(connection)
        case Need.TESTS:
            return connection.steps.filter(step=Step.TESTS_PASSED, done_on__isnull=False).exists()
        case Need.AUTHORISATION:
            return bool(authorised_for(connection, environment=Environment.PRODUCTION, at=at))
        case _:
            assert_never(need)
