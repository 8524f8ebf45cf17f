"""Asks which period of review is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from compliance.console.exchange_filter import DayField
from compliance.kernel.clock import BRUSSELS, now


class ReviewForm(forms.Form):
    """The first and the last day; this year unless it is said."""

    def __init__(self, address: Any) -> None:
        """Read the query of an address."""
        today = now().astimezone(BRUSSELS).date()
        self.year = (date(today.year, 1, 1), date(today.year, 12, 31))
        given = {"from": str(self.year[0]), "until": str(self.year[1])}
        super().__init__({name: address.get(name) or day for name, day in given.items()}, auto_id="review-%s")
        self.fields["from"] = DayField(label=_("From"))
        self.fields["until"] = DayField(label=_("Up to and including"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        since, until = given.get("from"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return given

    @property
    def period(self) -> tuple[date, date]:
        """The days that were asked for; this year while they cannot be read."""
        if not self.is_valid():
            return self.year
        return (self.cleaned_data["from"] or self.year[0], self.cleaned_data["until"] or self.year[1])
