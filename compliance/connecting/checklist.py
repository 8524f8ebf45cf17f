"""What a partner's system has shown in self-tests, and what it still has to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.connecting.models import Connection, PassedCheck
from compliance.connecting.vocabulary import Check, MoveKind
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from compliance.kernel.actor import Actor


class CheckState(NamedTuple):
    """One check; ``passed_at`` is when it was passed last, ``None`` when it has to be passed (again)."""

    check: Check
    passed_at: datetime | None
    passed_by: str


def checklist(connection: Connection) -> list[CheckState]:
    """Return every check of a connection. What was passed before it last went back counts no longer. Two queries."""
    back = connection.moves.filter(kind=MoveKind.BACK).order_by("-id").values_list("at", flat=True).first()
    passed = {one.kind: one for one in connection.checks.all() if back is None or one.passed_at > back}
    return [
        CheckState(check, passed[check].passed_at, passed[check].passed_by)
        if check in passed
        else CheckState(check, None, "")
        for check in Check
    ]


def is_complete(connection: Connection) -> bool:
    """Tell whether every check was passed. Two queries."""
    return all(state.passed_at is not None for state in checklist(connection))


def keep_passed(*, connection: Connection, checks: Collection[Check], actor: Actor) -> None:
    """Keep that checks were passed, by whom and when; the samples that passed them are not kept. One statement."""
    at = now()
    PassedCheck.objects.bulk_create(
        [
            PassedCheck(connection=connection, kind=check, passed_at=at, passed_by=actor.name)
            for check in Check
            if check in checks
        ],
        update_conflicts=True,
        unique_fields=["connection", "kind"],
        update_fields=["passed_at", "passed_by"],
    )
