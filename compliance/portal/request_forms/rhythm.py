"""Step 6: by which road, how often, how much, and at which hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.vocabulary import Rhythm, Section
from compliance.console.offer_choices import offer_choices
from compliance.portal.request_forms.base import Group, SectionForm
from compliance.portal.request_forms.fields import Boxes, Count, One, OneOfMany, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY_BEGINS, DAY_ENDS = "00:00", "24:00"
PERIODS = (
    ("day", gettext_lazy("a day")),
    ("week", gettext_lazy("a week")),
    ("month", gettext_lazy("a month")),
    ("year", gettext_lazy("a year")),
)


class Weekdays(Boxes):
    """Days of the week, Monday first."""

    shape = "days"

    def __init__(self) -> None:
        """Offer all seven."""
        super().__init__(gettext_lazy("On these days"))
        self.choices = [(str(number + 1), name) for number, name in WEEKDAYS.items()]


class Clock(forms.TimeField):
    """A time of the day, in Brussels."""

    def __init__(self, label: Any, hint: Any) -> None:
        """Ask for it."""
        widget = forms.TimeInput(attrs={"class": "input input--number", "type": "time"}, format="%H:%M")
        super().__init__(label=label, help_text=hint, required=False, widget=widget)


class RhythmForm(SectionForm):
    """How and how often. A ceiling and hours are conditions that every exchange is judged by."""

    section = Section.RHYTHM

    routes = Boxes(gettext_lazy("By which route?"))
    rhythm = One(gettext_lazy("How often will you ask for data?"), choices=Rhythm.choices)
    why_this_often = Text(gettext_lazy("Why this often?"), gettext_lazy("And why less often would not do."), rows=3)
    expected_per_month = Count(gettext_lazy("How many exchanges a month do you expect?"))
    ceiling_count = Count(gettext_lazy("At most"), gettext_lazy("Leave it empty for no ceiling."), least=1)
    ceiling_period = OneOfMany(gettext_lazy("Exchanges"))
    weekdays = Weekdays()
    hours_from = Clock(gettext_lazy("From"), gettext_lazy("Empty: from midnight."))
    hours_until = Clock(gettext_lazy("Until"), gettext_lazy("Empty: until midnight."))

    def offer(self) -> None:
        """Offer the routes of the register."""
        offer_choices(self, "routes", self.register.routes())
        offer_choices(self, "ceiling_period", PERIODS)

    def groups(self) -> tuple[Group, ...]:
        """Show ceiling and hours as one each."""
        return (
            *(Group((name,)) for name in ("routes", "rhythm", "why_this_often", "expected_per_month")),
            Group(
                ("ceiling_count", "ceiling_period"),
                gettext_lazy("A ceiling, if you can promise one"),
                gettext_lazy("What goes over it is marked as not covered."),
                "pair",
            ),
            Group(
                ("weekdays", "hours_from", "hours_until"),
                gettext_lazy("Only at these hours, if you can promise that"),
                gettext_lazy("Brussels time. Choose no day for all hours of all days."),
                "hours",
            ),
        )

    def filled_in(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Show a ceiling and hours as fields."""
        ceiling, hours = standing["ceiling"] or {}, standing["hours"] or {}
        return {
            **standing,
            "ceiling_count": ceiling.get("count"),
            "ceiling_period": ceiling.get("period", "month"),
            "weekdays": [str(day) for day in hours.get("weekdays", ())],
            "hours_from": hours.get("from"),
            "hours_until": None if hours.get("until") == DAY_ENDS else hours.get("until"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse hours without days, and hours that never are."""
        filled = self.cleaned_data
        start, end = filled.get("hours_from"), filled.get("hours_until")
        if (start or end) and not filled.get("weekdays"):
            self.add_error("weekdays", _("Choose the days on which these hours hold."))
        if end is not None and (f"{start:%H:%M}" if start else DAY_BEGINS) == f"{end:%H:%M}":
            self.add_error("hours_until", _("Hours must end at another time than they start."))
        return super().clean()

    def said(self, filled: Mapping[str, Any]) -> dict[str, Any]:
        """Put ceiling and hours together again."""
        start, end = filled["hours_from"], filled["hours_until"]
        hours = {
            "weekdays": sorted(int(day) for day in filled["weekdays"]),
            "from": f"{start:%H:%M}" if start else DAY_BEGINS,
            "until": f"{end:%H:%M}" if end else DAY_ENDS,
        }
        count = filled["ceiling_count"]
        return {
            **super().said(filled),
            "rhythm": filled["rhythm"] or None,
            "ceiling": {"count": count, "period": filled["ceiling_period"] or "month"} if count else None,
            "hours": hours if filled["weekdays"] else None,
        }

    def field_for(self, name: str) -> str:
        """Point to the first control of a ceiling or of hours."""
        return {"ceiling": "ceiling_count", "hours": "weekdays"}.get(name, name)
