"""Days as people mean them: in Brussels."""

from __future__ import annotations

from datetime import date, datetime

from compliance.kernel.clock import BRUSSELS


def midnight(day: date) -> datetime:
    """Return when a day begins in Brussels."""
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)
