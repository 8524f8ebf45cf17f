"""End a suppression before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.cases.said import stated
from compliance.cases.suppressions.models import Suppression
from compliance.detection.models import Finding
from compliance.detection.vocabulary import FindingState
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.cases.models import Case


class EndedBeforeError(ConflictError):
    """It stands no longer."""

    problem_type = "suppression-ended"
    title = "This suppression was ended before, or has run out."


@transaction.atomic
def end_suppression(*, uid: UUID, account: Account, reason: str) -> Suppression:
    """End a suppression now: what it held back can come over the line again. One transaction.

    Raises :class:`ForbiddenError`, :class:`NotFoundError`, :class:`EndedBeforeError`, and
    :class:`InvalidInputError` without a reason.
    """
    if not account.may(Capability.DECIDE_CASES):
        raise ForbiddenError
    at = now()
    told = stated(reason)
    standing = Suppression.objects.select_for_update(of=("self",)).select_related("case").filter(uid=uid).first()
    if standing is None:
        raise NotFoundError
    if not Suppression.objects.standing(at).filter(pk=standing.pk).exists():
        raise EndedBeforeError
    return _end(standing, account, told, at)


def end_all_of(*, case: Case, account: Account, reason: str, at: datetime) -> list[Suppression]:
    """End what a case made expected, since its decision no longer holds. In the caller's transaction."""
    standing = Suppression.objects.standing(at).select_for_update().filter(case=case).order_by("id")
    return [_end(one, account, reason, at) for one in standing]


def _end(suppression: Suppression, account: Account, reason: str, at: datetime) -> Suppression:
    record_act(
        actor=account.actor,
        kind=ActKind.SUPPRESSION_ENDED,
        object_id=suppression.case.uid,
        details={"case": suppression.case.code, "suppression": str(suppression.uid)},
    )
    suppression.ended_at, suppression.ended_by, suppression.ended_reason = at, account.username, reason
    suppression.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    held = suppression.findings.all()
    Finding.objects.filter(pk__in=held.values("finding"), state=FindingState.SUPPRESSED).update(
        state=FindingState.FOUND
    )
    held.delete()
    return suppression
