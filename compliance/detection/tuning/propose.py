"""Propose that a detector be switched on or off, or set otherwise, and have it tried on past days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.standing import standing_of
from compliance.detection.tuning.values import changed_of, detector_of
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.exchanges.reveal import check_reason
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import ConflictError, FieldError, ForbiddenError, InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

LONGEST: Final = timedelta(days=366)
UNDECIDED: Final = (ChangeState.PROPOSED, ChangeState.WAITING, ChangeState.TRIED, ChangeState.FAILED)


class NothingChangesError(ConflictError):
    """What is proposed is in force already."""

    problem_type = "nothing-changes"
    title = "This is how the detector is set already. Change something, or leave it."


class AlreadyProposedError(ConflictError):
    """Another change of this detector is not decided yet."""

    problem_type = "already-proposed"
    title = "Another change of this detector waits. Decide that first."


def propose(
    *,
    detector: str,
    enabled: bool,
    parameters: Mapping[str, float],
    since: date,
    until: date,
    reason: str,
    account: Account,
) -> DetectorChange:
    """Propose a change, with the days on which it is tried. One durable transaction.

    Raises :class:`ForbiddenError`, :class:`InvalidInputError`, :class:`NothingChangesError` and
    :class:`AlreadyProposedError`.
    """
    if not account.may(Capability.KEEP_DETECTORS):
        raise ForbiddenError
    found = detector_of(detector)
    changed = changed_of(found, parameters)
    check_reason(reason)
    _check_days(since, until)
    with transaction.atomic(durable=True):
        before = standing_of(detector, lock=True)
        if (before.enabled, before.parameters) == (enabled, changed):
            raise NothingChangesError
        if DetectorChange.objects.filter(detector=detector, state__in=UNDECIDED).exists():
            raise AlreadyProposedError
        change = DetectorChange.objects.create(
            detector=detector,
            enabled=enabled,
            parameters=changed,
            reason=reason.strip(),
            state=ChangeState.WAITING,
            proposed_by=account.username,
            proposed_at=now(),
            tried_since=since,
            tried_until=until,
        )
        details = {"detector": detector, "enabled": str(enabled).lower()}
        details |= {f"parameter_{name}": f"{value:g}" for name, value in changed.items()}
        record_act(
            actor=account.actor,
            kind=ActKind.DETECTOR_PROPOSED,
            object_id=change.uid,
            reason=change.reason,
            details=details,
        )
    return change


def _check_days(since: date, until: date) -> None:
    today = now().astimezone(BRUSSELS).date()
    if until >= today:
        detail = _("Try it on days that are over: until yesterday at most.")
        raise InvalidInputError(errors=(FieldError("/until", detail, "not-over"),))
    if not timedelta() <= until - since < LONGEST:
        detail = _("Choose a first day before the last, and at most a year.")
        raise InvalidInputError(errors=(FieldError("/since", detail, "not-a-period"),))
