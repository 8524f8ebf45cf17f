"""Close a case: somebody looked into it, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.models import Case
from compliance.cases.vocabulary import CaseState
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor

SHORTEST_REASON = 10


def close_case(*, case_id: int, actor: Actor, reason: str) -> Case:
    """Close a case, in one durable transaction.

    Raises :class:`NotFoundError`, :class:`ConflictError` when it was closed before, and
    :class:`InvalidInputError` for a reason of fewer than ten characters, or with a national number in it.
    """
    told = reason.strip()
    if len(told) < SHORTEST_REASON or holds_insz(told):
        detail = "Say in at least ten characters, and without a national number, what came of it."
        raise InvalidInputError(errors=(FieldError("/reason", detail, "not-a-reason"),))
    at = now()
    with transaction.atomic(durable=True):
        case = Case.objects.select_for_update().filter(id=case_id).first()
        if case is None:
            raise NotFoundError
        if case.state == CaseState.CLOSED:
            message = "This case was closed before."
            raise ConflictError(message)
        case.state, case.closed_at, case.closed_by, case.reason = CaseState.CLOSED, at, actor.name, told
        case.save(update_fields=["state", "closed_at", "closed_by", "reason"])
    return case
