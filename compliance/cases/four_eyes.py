"""Decisions that two persons make together: one proposes, another confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from compliance.cases.vocabulary import Outcome
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.models import Case


class FourEyesError(ForbiddenError):
    """Somebody else has to do this."""

    problem_type = "four-eyes"
    title = "Somebody else has to confirm this: nobody confirms an own decision."


def needs_second(outcome: Outcome) -> bool:
    """Tell whether a decision holds only once a second person confirmed it."""
    return outcome in {Outcome(value) for value in settings.FOUR_EYES_OUTCOMES}


def may_confirm(case: Case, account: Account) -> bool:
    """Tell whether the proposal on this case is somebody else's."""
    return bool(case.proposed_by) and case.proposed_by != account.username
