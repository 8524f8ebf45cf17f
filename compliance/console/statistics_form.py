"""Which months the figures are asked for, and which years to set beside them: read from the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import InvalidInputError
from compliance.registry.models import PublishedFigure
from compliance.reporting.months import Month, Period
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from django.http import QueryDict

DECEMBER = 12


class MonthField(forms.CharField):
    """A month, as the browser's month field or a person writes it: 2016-01."""

    def __init__(self, *, label: Any) -> None:
        """Show the browser's own field."""
        widget = forms.TextInput(attrs={"class": "input", "type": "month", "placeholder": "2016-01"})
        super().__init__(label=label, widget=widget)

    def clean(self, value: Any) -> Month:
        """Read it."""
        try:
            return Month.read(super().clean(value))
        except InvalidInputError as error:
            raise forms.ValidationError(_("A month is written as 2016-01.")) from error


class StatisticsForm(forms.Form):
    """The period and the years to compare with."""

    compare = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Compare with the same months of"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, address: QueryDict, *, years: range, period: Period) -> None:
        """Read the query of an address; an empty one asks for ``period`` and the year before."""
        given = {
            "from": address.get("from") or str(period.first),
            "to": address.get("to") or str(period.last),
            "compare": address.getlist("compare") if address else [str(period.first.year - 1)],
        }
        super().__init__(given, auto_id="period-%s")
        self.fields = {
            "from": MonthField(label=_("From")),
            "to": MonthField(label=_("Up to and including")),
            **self.fields,
        }
        field = self.fields["compare"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(year), str(year)) for year in years]

    def clean(self) -> dict[str, Any]:
        """Refuse what is not a period."""
        kept = super().clean() or {}
        if "from" in kept and "to" in kept:
            try:
                Period(kept["from"], kept["to"])
            except InvalidInputError as error:
                self.add_error("to", error.detail)
        return kept

    @property
    def query(self) -> list[tuple[str, str]]:
        """The fields as an address has them."""
        kept = self.cleaned_data
        return [
            ("from", str(kept["from"])),
            ("to", str(kept["to"])),
            *(("compare", str(year)) for year in kept["compare"]),
        ]


def years_with_figures() -> range:
    """Return the years of which something is counted or was published. Two queries."""
    printed = PublishedFigure.objects.aggregate(first=Min("year"), last=Max("year"))
    counted = MonthCount.objects.filter(environment=Environment.PRODUCTION).aggregate(
        first=Min("month"), last=Max("month")
    )
    first = [year for year in (printed["first"], counted["first"] and counted["first"].year) if year]
    last = [year for year in (printed["last"], counted["last"] and counted["last"].year) if year]
    this = now().astimezone(BRUSSELS).year
    return range(min(first, default=this), max(last, default=this) + 1)


def newest_year(years: range) -> Period:
    """Return the newest year that has figures, cut at the present month."""
    today = Month.of(now().astimezone(BRUSSELS).date())
    year = min(years[-1], today.year)
    return Period(Month(year, 1), min(Month(year, DECEMBER), today))
