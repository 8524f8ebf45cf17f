"""Hand what a reviewer has not judged yet to another, e.g. when somebody is ill or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.cases.samples.models import SampleTurn
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.samples.models import SampleDraw


def hand_over(*, draw: SampleDraw, reviewer: Account, to: Account, account: Account) -> int:
    """Give all open turns of a reviewer to another, in one durable transaction; return how many.

    A turn stays where the other reviews the same exchange already. Raises :class:`ForbiddenError` for who reviews no
    samples and :class:`InvalidInputError` when the other may not.
    """
    if not account.may(Capability.REVIEW_SAMPLES):
        raise ForbiddenError
    if not to.is_active or not to.may(Capability.REVIEW_SAMPLES) or to == reviewer:
        detail = "Name another officer who may review samples."
        raise InvalidInputError(errors=(FieldError("/to", detail, "not-a-reviewer"),))
    with transaction.atomic(durable=True):
        turns = SampleTurn.objects.select_for_update(of=("self",)).filter(item__draw=draw, review=None)
        both = SampleTurn.objects.filter(item__draw=draw, reviewer=to).values("item")
        moved = turns.filter(reviewer=reviewer).exclude(item__in=both).update(reviewer=to, assigned_at=now())
        details = {"month": f"{draw.month:%Y-%m}", "from": reviewer.username, "to": to.username, "count": str(moved)}
        record_act(actor=account.actor, kind=ActKind.SAMPLE_HANDED_OVER, object_id=draw.uid, details=details)
    return moved
