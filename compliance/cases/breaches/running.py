"""A data breach whose clock runs, in the hands of an officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.breaches.models import Breach
from compliance.cases.move import locked
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from compliance.access.models import Account


class ClockStoppedError(ConflictError):
    """It was notified, or needs none."""

    problem_type = "breach-clock-stopped"
    title = "This data breach was dealt with before; reopen its case to go on."


def running_breach(breach: Breach, *, account: Account) -> Breach:
    """Return a breach with its case, locked until the transaction ends.

    Raises :class:`NotFoundError`, :class:`ForbiddenError` and :class:`ClockStoppedError`.
    """
    if not account.may(Capability.SEE_CASES):
        raise NotFoundError
    if not account.may(Capability.DECIDE_CASES):
        raise ForbiddenError
    case = locked(breach.case)
    found = Breach.objects.select_for_update().get(pk=breach.pk)
    if found.end:
        raise ClockStoppedError
    found.case = case
    return found
