"""Open a case, once for what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, transaction

from compliance.cases.deadlines import due_after
from compliance.cases.models import Case
from compliance.cases.move import move
from compliance.cases.vocabulary import CaseAct
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.cases.vocabulary import CaseKind
    from compliance.kernel.actor import Actor

WATCH = system("watch")
_GRAVEST = 100


class Opened(NamedTuple):
    """A case, and whether it was opened just now."""

    case: Case
    is_new: bool


@transaction.atomic
def open_case(
    *,
    kind: CaseKind,
    key: str,
    title: str = "",
    facts: Mapping[str, Any] | None = None,
    severity: int = _GRAVEST,
    actor: Actor = WATCH,
    **more: Any,
) -> Opened:
    """Open the case of this kind and key, or return the one that was opened before, decided since or not.

    One transaction, with its first event. Two that open it at once get one case, and one of them is told that it is
    new.
    """
    standing = Case.objects.filter(kind=kind, key=key).first()
    if standing is not None:
        return Opened(standing, is_new=False)
    at = now()
    number = _next_number()
    given = {
        "id": number,
        "code": f"DOSSIER-{at.astimezone(BRUSSELS):%Y}-{number:04}",
        "title": title,
        "facts": dict(facts or {}),
        "severity": severity,
        "state_since": at,
        "opened_at": at,
        "last_event_at": at,
        "due_at": due_after(at, severity=severity),
        **more,
    }
    case, is_new = Case.objects.get_or_create(kind=kind, key=key, defaults=given)
    if is_new:
        move(case, act=CaseAct.OPEN, actor=actor, at=at, details={"severity": str(severity)})
    return Opened(case, is_new)


def _next_number() -> int:
    """Return the number of the next case, of which its code is made; one that was not used stays unused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('compliance_case', 'id'))")
        return int(cursor.fetchone()[0])
