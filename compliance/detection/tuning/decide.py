"""Put a tried change in force, or refuse it: a second person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.propose import UNDECIDED
from compliance.detection.tuning.standing import standing_of
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.exchanges.reveal import check_reason
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account


class OwnProposalError(ForbiddenError):
    """Nobody puts an own proposal in force."""

    problem_type = "own-proposal"
    title = "You proposed this yourself. Somebody else puts it in force."


class NotTriedError(ConflictError):
    """The change was not tried, or is decided already."""

    problem_type = "not-tried"
    title = "This change is decided already, or its trial is not done. Look at it again."


def put_in_force(*, uid: UUID, reason: str, account: Account) -> DetectorChange:
    """Let the detector look as proposed from now on. One durable transaction.

    Raises :class:`ForbiddenError`, :class:`OwnProposalError` and :class:`NotTriedError`.
    """
    return _decide(uid, ChangeState.IN_FORCE, (ChangeState.TRIED,), reason, account)


def refuse(*, uid: UUID, reason: str, account: Account) -> DetectorChange:
    """Leave the detector as it is; who proposed it may take it back so too. One durable transaction."""
    return _decide(uid, ChangeState.REFUSED, UNDECIDED, reason, account)


def _decide(
    uid: UUID, to: ChangeState, allowed: tuple[ChangeState, ...], reason: str, account: Account
) -> DetectorChange:
    if not account.may(Capability.KEEP_DETECTORS):
        raise ForbiddenError
    check_reason(reason)
    with transaction.atomic(durable=True):
        change = DetectorChange.objects.select_for_update().filter(uid=uid).first()
        if change is None:
            raise NotFoundError
        standing_of(change.detector, lock=True)
        if change.state not in allowed:
            raise NotTriedError
        if to is ChangeState.IN_FORCE:
            if change.proposed_by == account.username:
                raise OwnProposalError
            same = DetectorChange.objects.filter(detector=change.detector, state=ChangeState.IN_FORCE)
            same.update(state=ChangeState.REPLACED)
        change.state, change.decided_by, change.decided_at = to, account.username, now()
        change.decision = reason.strip()
        change.save()
        kind = ActKind.DETECTOR_CHANGED if to is ChangeState.IN_FORCE else ActKind.DETECTOR_REFUSED
        details = {"detector": change.detector, "enabled": str(change.enabled).lower()}
        record_act(actor=account.actor, kind=kind, object_id=change.uid, reason=change.decision, details=details)
    return change
