"""Step 7: from when until when, and how long the data is kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.authorisations.requests.vocabulary import Section
from compliance.portal.request_forms.base import Group, SectionForm
from compliance.portal.request_forms.fields import Count, Day, Text

LONGEST_MONTHS = 1_200


class DurationForm(SectionForm):
    """Duration and retention."""

    section = Section.DURATION

    starts_on = Day(gettext_lazy("From which day do you need the data?"))
    ends_on = Day(gettext_lazy("Until which day (excluded)?"), gettext_lazy("Leave it empty for no end."))
    retention_months = Count(gettext_lazy("How many months do you keep the data?"), least=1, most=LONGEST_MONTHS)
    why_so_long = Text(
        gettext_lazy("Why that long?"), gettext_lazy("Name the law or the term of appeal that asks for it.")
    )

    def groups(self) -> tuple[Group, ...]:
        """Show the period as one."""
        return (
            Group(("starts_on", "ends_on"), gettext_lazy("Period"), shape="pair"),
            Group(("retention_months",)),
            Group(("why_so_long",)),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The end must come after the beginning."))
        return super().clean()
