"""How often an instrument was used in a period, for ceilings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from compliance.authorisations.terms import Period


class Usage:
    """Counts by (instrument, period, first day): what the followers counted, and what was added since.

    A ceiling is judged on what is known when the exchange is recorded; the followers' lag (seconds)
    bounds by how much two writers at once may overlook each other.
    """

    def __init__(self, counted: dict[tuple[str, str, date], int] | None = None) -> None:
        """Begin with what was counted."""
        self._counts = dict(counted or {})

    def count(self, authorisation: str, period: Period, start: date) -> int:
        """Return the uses in a period, as far as known."""
        return self._counts.get((authorisation, period, start), 0)

    def add(self, authorisation: str, period: Period, start: date) -> None:
        """Count one more use."""
        key = (authorisation, period, start)
        self._counts[key] = self._counts.get(key, 0) + 1
