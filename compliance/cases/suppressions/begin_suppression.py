"""Let findings be expected, for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.suppressions.models import Suppression
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.cases.scope import Scope


def begin_suppression(*, case: Case, scope: Scope, reason: str, account: Account, at: datetime) -> Suppression:
    """Make what a decision on a case says, about what the case is about. In the caller's transaction."""
    partner = case.partner if scope.only_partner else ""
    service = case.service if scope.only_service else ""
    entry = record_act(
        actor=account.actor,
        kind=ActKind.SUPPRESSION_BEGUN,
        object_id=case.uid,
        details={
            "case": case.code,
            "detectors": ",".join(scope.detectors),
            "partner": partner,
            "service": service,
            "only_user": str(scope.only_user).lower(),
            "begins_on": scope.begins_on.isoformat(),
            "ends_on": scope.ends_on.isoformat(),
        },
    )
    return Suppression.objects.create(
        case=case,
        detectors=list(scope.detectors),
        partner=partner,
        service=service,
        user_key=case.user_key if scope.only_user else None,
        begins_on=scope.begins_on,
        ends_on=scope.ends_on,
        reason=reason,
        at=at,
        by=account.username,
        entry=entry,
    )
