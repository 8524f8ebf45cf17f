"""For which months history is judged again as if a request had been granted: read from the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext as _

from compliance.console.statistics_form import MonthField
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import InvalidInputError
from compliance.reporting.months import Month, Period
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST = 12
PROPOSED = 3


class WhatIfForm(forms.Form):
    """The period. Nothing is judged before it is asked for."""

    def __init__(self, address: QueryDict, *, proposed: Period) -> None:
        """Read the query of an address; an empty one proposes a period."""
        self.is_asked = "from" in address
        given = {
            "from": address.get("from") or str(proposed.first),
            "to": address.get("to") or str(proposed.last),
        }
        super().__init__(given, auto_id="period-%s")
        self.fields = {"from": MonthField(label=_("From")), "to": MonthField(label=_("Up to and including"))}

    def clean(self) -> dict[str, Any]:
        """Refuse what is not a period, or a long one."""
        kept = super().clean() or {}
        if "from" in kept and "to" in kept:
            try:
                period = Period(kept["from"], kept["to"])
            except InvalidInputError as error:
                self.add_error("to", error.detail)
            else:
                if period.first.plus(LONGEST) <= period.last:
                    self.add_error("to", _("Choose twelve months at the most."))
        return kept

    @property
    def period(self) -> Period:
        """The months that were asked."""
        return Period(self.cleaned_data["from"], self.cleaned_data["to"])


def newest_months(partner: str) -> Period:
    """Return the newest three months up to the last one in which a partner exchanged in production. One query."""
    counted = MonthCount.objects.filter(partner=partner, environment=Environment.PRODUCTION, count__gt=0)
    newest = counted.aggregate(newest=Max("month"))["newest"] or now().astimezone(BRUSSELS).date()
    last = Month.of(newest)
    return Period(last.plus(1 - PROPOSED), last)
