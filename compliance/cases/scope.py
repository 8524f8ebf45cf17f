"""How far a decision that something is expected goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import msgspec
from django.utils.translation import gettext as _

from compliance.detection.detectors.finding import Tier
from compliance.kernel.clock import BRUSSELS
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.cases.models import Case, CaseFinding

LONGEST: Final = timedelta(days=366)
LONGEST_OF_LAW: Final = timedelta(days=30)
"""A broken rule of law is expected for so long at most: by then the rule, or what breaks it, is mended."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Findings of these detectors that begin in these days, both included.

    Each ``only`` keeps it to what the case is about: the same partner, the same service, the same user.
    """

    detectors: tuple[str, ...]
    only_partner: bool = True
    only_service: bool = False
    only_user: bool = False
    begins_on: date
    ends_on: date


def check_scope(scope: Scope, *, case: Case, findings: list[CaseFinding], at: datetime) -> None:
    """Refuse a scope that is not about the case, that is about everything, or that does not end in time."""
    today = at.astimezone(BRUSSELS).date()
    seen = {finding.detector: finding.tier for finding in findings}
    longest = LONGEST_OF_LAW if any(seen.get(one) == Tier.LAW for one in scope.detectors) else LONGEST
    errors = []
    if not scope.detectors or set(scope.detectors) - set(seen):
        errors.append(("detectors", _("Choose at least one of the detectors of this case.")))
    if not (scope.only_partner or scope.only_service or scope.only_user):
        errors.append(("only_partner", _("Keep it to this partner, this service or this user.")))
    errors += [
        (field, told)
        for field, asked, there, told in (
            ("only_partner", scope.only_partner, case.partner, _("This case is about no partner in particular.")),
            ("only_service", scope.only_service, case.service, _("This case is about no service in particular.")),
            ("only_user", scope.only_user, case.user_key, _("This case is about no user in particular.")),
        )
        if asked and there in {None, ""}
    ]
    if scope.ends_on < max(today, scope.begins_on):
        errors.append(("ends_on", _("The last day must not lie before today, or before the first day.")))
    elif scope.ends_on > today + longest:
        last = today + longest
        errors.append(("ends_on", _("Choose a last day not after %(day)s.") % {"day": f"{last:%d/%m/%Y}"}))
    if errors:
        raise InvalidInputError(
            errors=tuple(FieldError(f"/scope/{field}", told, "wrong-scope") for field, told in errors)
        )
