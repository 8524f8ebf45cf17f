"""Who is controller, since when records exist, and what is never shown: the line at the foot of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils.translation import gettext as _

from compliance.console.days import midnight
from compliance.console.presenters import words
from compliance.exchanges.models import Exchange
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import now
from compliance.registry.models import ControllerPeriod
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """The controller today, and since when there are records."""

    controller: str
    since: str


def present_provenance() -> Provenance:
    """Say both."""
    return Provenance(controller=_controller(), since=_since())


def first_record() -> datetime | None:
    """Return when the earliest exchange in production started. Two queries.

    The earliest month that was counted bounds the search: without it every partition would be planned for.
    """
    month: date | None = MonthCount.objects.filter(environment=Environment.PRODUCTION).aggregate(first=Min("month"))[
        "first"
    ]
    exchanges = Exchange.objects.in_production().order_by("id")
    near = exchanges.started_before(midnight(month + timedelta(days=31))) if month else exchanges.none()
    first = near.first() or exchanges.first()
    return first.started_at if first else None


def _controller() -> str:
    today = words.local_day(now())
    period = ControllerPeriod.objects.filter(valid_from__lte=today).select_related("organisation").last()
    if period is None:
        return ""
    return _("Controller of the Crossroads Bank for Civic Integration since %(day)s: %(organisation)s.") % {
        "day": words.day(period.valid_from),
        "organisation": period.organisation.name,
    }


def _since() -> str:
    first = first_record()
    if first is None:
        return _("No exchange has been recorded yet.")
    return _(
        "Exchanges are recorded here since %(day)s. "
        "What was said in them is never recorded; who they are about is shown only for a reason."
    ) % {"day": words.day(words.local_day(first))}
