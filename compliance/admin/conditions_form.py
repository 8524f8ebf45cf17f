"""The conditions of an authorisation, in fields."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.terms import Ceiling, Conditions, Hours

if TYPE_CHECKING:
    from compliance.authorisations.terms import Period

DAY_BEGINS, DAY_ENDS = "00:00", "24:00"
PERIODS: tuple[Period, ...] = ("day", "week", "month", "year")
CEILINGS = tuple(f"ceiling_{period}" for period in PERIODS)
CONDITION_FIELDS = ("weekdays", "hours_from", "hours_until", *CEILINGS, "user_groups")


def _clock(label: Any, help_text: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, widget=widget, required=False)


def _ceiling(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, required=False)


class ConditionsForm(forms.Form):
    """Hours, ceilings and groups of users; what stays empty is no condition."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only on these days"),
        coerce=int,
        required=False,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    hours_from = _clock(gettext_lazy("Only from"), gettext_lazy("Empty: from midnight. Brussels time."))
    hours_until = _clock(gettext_lazy("Only until (excluded)"), gettext_lazy("Empty: until midnight. Brussels time."))
    ceiling_day = _ceiling(gettext_lazy("At most this many a day"))
    ceiling_week = _ceiling(gettext_lazy("At most this many a week"))
    ceiling_month = _ceiling(gettext_lazy("At most this many a month"))
    ceiling_year = _ceiling(gettext_lazy("At most this many a year"))
    user_groups = forms.CharField(
        label=gettext_lazy("Only these groups of users"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
        help_text=gettext_lazy("One a line, as the partner names them. Empty: any group."),
    )

    def conditions(self) -> Conditions:
        """Return what was filled in. Raises Django's ValidationError for hours without days, or that end early."""
        filled = self.cleaned_data
        groups = (line.strip() for line in filled.get("user_groups", "").splitlines())
        counts = {period: filled.get(f"ceiling_{period}") for period in PERIODS}
        return Conditions(
            hours=_hours(filled.get("weekdays") or [], filled.get("hours_from"), filled.get("hours_until")),
            ceilings=tuple(Ceiling(count=count, period=period) for period, count in counts.items() if count),
            user_groups=tuple(dict.fromkeys(group for group in groups if group)),
        )


def filled_in(conditions: Conditions) -> dict[str, Any]:
    """Return conditions as the fields show them."""
    hours = conditions.hours
    filled: dict[str, Any] = {f"ceiling_{ceiling.period}": ceiling.count for ceiling in conditions.ceilings}
    if hours is not None:
        filled["weekdays"] = list(hours.weekdays)
        filled["hours_from"] = time.fromisoformat(hours.start)
        filled["hours_until"] = None if hours.end == DAY_ENDS else time.fromisoformat(hours.end)
    return {**filled, "user_groups": "\n".join(conditions.user_groups)}


def _hours(weekdays: list[int], start: time | None, end: time | None) -> Hours | None:
    if not weekdays and (start or end):
        raise ValidationError({"weekdays": _("Choose the days on which these hours hold.")})
    if end and end <= (start or time()):
        raise ValidationError({"hours_until": _("The end must come after the beginning.")})
    if not weekdays:
        return None
    return Hours(
        weekdays=tuple(sorted(weekdays)),
        start=f"{start:%H:%M}" if start else DAY_BEGINS,
        end=f"{end:%H:%M}" if end else DAY_ENDS,
    )
