"""The form of a decision: the outcome, why, and the conditions as words and as limits that the verdict knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.as_version import Limits
from compliance.authorisations.requests.vocabulary import DecisionOutcome
from compliance.authorisations.terms import Ceiling, Hours
from compliance.console.presenters import words
from compliance.console.presenters.periods import PERIOD_WORDS
from compliance.console.request_forms.fields import Choice, ReadForm, Words
from compliance.reporting.numbers import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField

LIMITS = ("weekdays", "start", "end", "count", "period", "ends_on")


class DecideForm(ReadForm):
    """Grant, grant with conditions, or refuse."""

    outcome = Choice(gettext_lazy("Decision"), DecisionOutcome)
    reasons = Words(
        gettext_lazy("Reasons"), gettext_lazy("Say how you weighed both advices. The requester reads this."), rows=5
    )
    conditions = Words(
        gettext_lazy("Conditions"),
        gettext_lazy("Only when granted with conditions. They become part of the text that both parties sign."),
        rows=4,
        required=False,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only on these days"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    start = forms.TimeField(
        label=gettext_lazy("from"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input", "type": "time"}),
    )
    end = forms.TimeField(
        label=gettext_lazy("until"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "input", "type": "time"}),
    )
    count = forms.IntegerField(
        label=gettext_lazy("At most so many exchanges"),
        required=False,
        min_value=1,
        max_value=10**9,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )
    period = forms.ChoiceField(label=gettext_lazy("Per"), required=False, widget=forms.Select(attrs={"class": "input"}))
    ends_on = forms.DateField(
        label=gettext_lazy("Ends earlier, on (that day excluded)"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "input", "type": "date"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name days and periods in the reader's language."""
        super().__init__(*args, **options)
        days = get_day_names("wide", locale=locale_of(words.language()))
        for name, choices in (
            ("weekdays", [(number, days[number - 1]) for number in range(1, 8)]),
            ("period", [("", "—"), *((code, str(label)) for code, label in PERIOD_WORDS.items())]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def said_fields(self) -> Iterator[BoundField]:
        """Yield the decision and its words."""
        return (self[name] for name in ("outcome", "reasons", "conditions"))

    def limit_fields(self) -> Iterator[BoundField]:
        """Yield the fields that limit, to place together."""
        return (self[name] for name in LIMITS)

    @property
    def limits_are_open(self) -> bool:
        """Whether there is something in them to look at."""
        return any(self[name].errors or self[name].data for name in LIMITS)

    def clean(self) -> dict[str, Any]:
        """Hold conditions and limits to the decision, and each limit to its other half."""
        given = super().clean() or {}
        conditional = given.get("outcome") == DecisionOutcome.CONDITIONAL
        limited = any(given.get(name) for name in LIMITS)
        if given.get("outcome") and not conditional and (given.get("conditions") or limited):
            self.add_error("outcome", _("There are conditions: choose “granted with conditions”, or remove them."))
        if conditional and not given.get("conditions"):
            self.add_error("conditions", _("Write the conditions, also those that you set as limits: this is signed."))
        self._pair(given, "start", "end", _("Give both times."))
        self._pair(given, "count", "period", _("Give both the number and the period."))
        if given.get("start") and given.get("start") == given.get("end"):
            self.add_error("end", _("Hours must end at another time than they start."))
        return given

    def _pair(self, given: dict[str, Any], first: str, second: str, told: str) -> None:
        if bool(given.get(first)) != bool(given.get(second)) and not {first, second} & self.errors.keys():
            self.add_error(second if given.get(first) else first, told)

    def limits(self) -> Limits:
        """Return what the verdict is to know, of a valid form."""
        given = self.cleaned_data
        weekdays = tuple(given["weekdays"]) or Hours().weekdays
        start, end = (f"{given[name]:%H:%M}" if given[name] else "" for name in ("start", "end"))
        hours = Hours(weekdays, start, end) if start else Hours(weekdays) if given["weekdays"] else None
        ceiling = Ceiling(given["count"], given["period"]) if given["count"] else None
        return Limits(hours=hours, ceiling=ceiling, ends_on=given["ends_on"])
