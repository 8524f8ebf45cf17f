"""Explain the months of a year: which swung, and why. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

import holidays
from django.db.models import Q, Sum
from django.utils.translation import get_language

from compliance.authorisations.models import AuthorisationVersion
from compliance.detection.detectors.baseline import Calendar
from compliance.detection.detectors.volumes.month_reasons import Explained, Note, explain
from compliance.detection.detectors.volumes.school_calendar import school_holidays
from compliance.registry.models import ConnectionPeriod, Footnote, PublishedFigure
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.detection.detectors.baseline import PlannedEvent

_OF_SCHOOLS: Final = ("COURSE-PLACEMENT", "COURSE-FOLLOW-UP", "CERTIFICATION", "FEE-EXEMPTION")
"""Purposes of organisations that live by the school year."""


def explain_months(*, year: int, partner: str = "", events: Sequence[PlannedEvent] = ()) -> list[Explained]:
    """Return the months of a year that swung, with their reasons, of one partner or all. Five queries.

    What was counted counts; of a year of which nothing was counted, what was published.
    """
    calendar = Calendar(
        holidays=frozenset(holidays.country_holidays("BE", years=year)),
        school_holidays=school_holidays([year]),
        events=tuple(events),
    )
    found = explain(
        _counted(year) or _published(year),
        calendar=calendar,
        notes=_notes(year),
        connected=dict(
            ConnectionPeriod.objects.order_by("-connected_from").values_list("organisation__code", "connected_from")
        ),
        with_schools=_with_schools(),
    )
    return [one for one in found if partner in ("", one.partner)]


def _counted(year: int) -> Mapping[str, Mapping[date, int]]:
    rows = (
        MonthCount.objects.filter(month__year=year, environment="production", direction="provided")
        .values_list("partner", "month")
        .annotate(exchanges=Sum("count"))
        .order_by("partner", "month")
    )
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for partner, month, exchanges in rows:
        found[partner][month] = exchanges
    return found


def _published(year: int) -> Mapping[str, Mapping[date, int]]:
    figures = PublishedFigure.objects.filter(
        year=year, month__gt=0, series="exchanges", organisation__isnull=False, compared_with__isnull=True
    ).values_list("organisation__code", "month", "figure")
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for partner, month, figure in figures.order_by("organisation__code", "month"):
        found[partner][date(year, month, 1)] = figure
    return found


def _notes(year: int) -> list[Note]:
    language = (get_language() or "nl")[:2]
    within = Q(period_from__lt=date(year + 1, 1, 1), period_until__gt=date(year, 1, 1))
    return [
        Note(
            partner=note.organisation.code if note.organisation else "",
            begins=note.period_from,
            ends=note.period_until,
            text=getattr(note, f"text_{language}", note.text_nl),
        )
        for note in Footnote.objects.filter(within).select_related("organisation")
    ]


def _with_schools() -> frozenset[str]:
    versions = AuthorisationVersion.objects.filter(purposes__overlap=list(_OF_SCHOOLS)).values_list(
        "recipients", flat=True
    )
    return frozenset(recipient for recipients in versions for recipient in recipients)
