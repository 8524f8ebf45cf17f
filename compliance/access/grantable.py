"""Which scopes the systems of an organisation may be granted by its own administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from compliance.access.scopes import ALL, Scope
from compliance.kernel.clock import BRUSSELS
from compliance.registry.models import ConnectionPeriod, ProcessingMandate

if TYPE_CHECKING:
    from datetime import date, datetime

    from compliance.registry.models import Organisation


def grantable_to(organisation: Organisation, *, at: datetime) -> frozenset[Scope]:
    """Return all scopes once it, or one for which it processes, is connected; before that all but reporting.

    Until then there is nothing to report: whoever is being connected tries out, in the acceptance environment.
    Two queries.
    """
    day = at.astimezone(BRUSSELS).date()
    held = ProcessingMandate.objects.filter(_holds("valid", day), processor=organisation)
    parties = Q(organisation=organisation) | Q(organisation__in=held.values("controller"))
    connected = ConnectionPeriod.objects.filter(_holds("connected", day) & parties).exists()
    return ALL if connected else ALL - {Scope.EXCHANGES_REPORT}


def _holds(prefix: str, day: date) -> Q:
    begun, open_ended = Q(**{f"{prefix}_from__lte": day}), Q(**{f"{prefix}_until": None})
    return begun & (open_ended | Q(**{f"{prefix}_until__gt": day}))
