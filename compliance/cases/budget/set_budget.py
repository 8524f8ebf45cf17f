"""Set how many new cases a day there are to be."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.budget.models import DetectionBudget
from compliance.cases.said import stated
from compliance.detection.detectors.finding import Family
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

MOST: Final = 500


@transaction.atomic
def set_budget(*, account: Account, cases_a_day: int, shares: Mapping[Family, float], reason: str) -> DetectionBudget:
    """Set the budget from now on; earlier ones stay in the history. One transaction.

    ``shares`` are parts of one, of every family. Broken rules of law are no part of it: they always make a case.
    Raises :class:`ForbiddenError` and :class:`InvalidInputError`.
    """
    if not account.may(Capability.KEEP_DETECTORS):
        raise ForbiddenError
    errors = []
    if not 1 <= cases_a_day <= MOST:
        told = _("Choose from 1 to %(most)s cases a day.") % {"most": MOST}
        errors.append(FieldError("/cases_a_day", told, "out-of-range"))
    if set(shares) != set(Family) or min(shares.values()) < 0 or not isclose(sum(shares.values()), 1, abs_tol=1e-6):
        told = _("Give every family its part; together they are 100%%.") % {}
        errors.append(FieldError("/shares", told, "not-one"))
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    at, told = now(), stated(reason)
    parts = {family.value: float(part) for family, part in shares.items()}
    details = {"cases_a_day": str(cases_a_day), **{f"share_{name}": str(part) for name, part in parts.items()}}
    entry = record_act(actor=account.actor, kind=ActKind.BUDGET_SET, details=details)
    return DetectionBudget.objects.create(
        cases_a_day=cases_a_day, shares=parts, at=at, by=account.username, reason=told, entry=entry
    )
