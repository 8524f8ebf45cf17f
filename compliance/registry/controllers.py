"""Who was the controller of the crossroads bank, and when: every report says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.registry.models import ControllerPeriod
from compliance.registry.span import Span

if TYPE_CHECKING:
    from datetime import date

    from compliance.registry.models import Organisation


class Controllership(NamedTuple):
    """An organisation that was the controller from a day until another (excluded), and by which decision."""

    organisation: Organisation
    start: date
    end: date
    citation: str


def controllers_between(start: date, end: date) -> list[Controllership]:
    """Return who was the controller from ``start`` until ``end`` (excluded), in order of time. One query."""
    found = []
    for period in ControllerPeriod.objects.select_related("organisation").order_by("valid_from"):
        part = Span(period.valid_from, period.valid_until).within(start, end)
        if part is not None and part.end is not None:
            found.append(Controllership(period.organisation, part.start, part.end, period.citation))
    return found


def controller_on(day: date) -> Organisation | None:
    """Return who was the controller on a day. One query."""
    for period in ControllerPeriod.objects.select_related("organisation"):
        if Span(period.valid_from, period.valid_until).holds(day):
            return period.organisation
    return None
