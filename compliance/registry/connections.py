"""Which organisations were connected, and when: so that a table can say "not connected yet" instead of 0."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.registry.models import ConnectionPeriod
from compliance.registry.span import Span

if TYPE_CHECKING:
    from datetime import date


class Connection(StrEnum):
    """Whether an organisation was connected in a period."""

    NOT_YET = "not-yet"
    CONNECTED = "connected"
    NO_LONGER = "no-longer"
    BETWEEN = "between"


def connections() -> dict[str, list[Span]]:
    """Return when each organisation (code) was connected, by whatever route, in order of time. One query."""
    spans: dict[str, list[Span]] = {}
    found = ConnectionPeriod.objects.order_by("connected_from").select_related("organisation")
    for period in found:
        spans.setdefault(period.organisation.code, []).append(Span(period.connected_from, period.connected_until))
    return spans


def connection_in(spans: list[Span], start: date, end: date) -> Connection:
    """Tell how it stood from ``start`` until ``end`` (excluded); a day of connection counts as connected. No query."""
    if any(span.within(start, end) for span in spans):
        return Connection.CONNECTED
    before = any(span.start < start for span in spans)
    after = any(span.start >= end for span in spans)
    if before:
        return Connection.BETWEEN if after else Connection.NO_LONGER
    return Connection.NOT_YET


def connected_since(spans: list[Span], day: date) -> date | None:
    """Return since when an organisation that is connected on a day has been so. No query."""
    return next((span.start for span in spans if span.holds(day)), None)
