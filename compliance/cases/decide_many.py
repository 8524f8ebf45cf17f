"""Decide several cases with one reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.decide import decide
from compliance.kernel.errors import ComplianceError, FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.access.models import Account
    from compliance.cases.decide import Judgement
    from compliance.cases.models import Case, CaseDecision

MOST = 200


class NotAllDecidedError(InvalidInputError):
    """At least one of them could not be decided, so none was."""

    problem_type = "not-all-decided"
    title = "None of these cases was decided, since not all of them can be. What stands in the way is told of each."


@transaction.atomic
def decide_many(*, cases: Sequence[Case], account: Account, judgement: Judgement) -> list[CaseDecision]:
    """Decide all of these alike, or none. One transaction.

    Raises :class:`NotAllDecidedError` with what stands in the way of each, at ``/cases/CODE``.
    """
    if not cases or len(cases) > MOST:
        told = f"Choose from 1 to {MOST} cases."
        raise NotAllDecidedError(errors=(FieldError("/cases", told, "wrong-number"),))
    made, errors = [], []
    for case in sorted(cases, key=lambda one: one.pk):  # in one order: two that decide the same wait, and never lock
        try:
            with transaction.atomic():
                made.append(decide(case=case, account=account, judgement=judgement))
        except ComplianceError as error:
            details = [one.detail for one in error.errors] or [error.detail]
            errors += [FieldError(f"/cases/{case.code}", detail, error.problem_type) for detail in details]
    if errors:
        raise NotAllDecidedError(errors=tuple(errors))
    return made
