"""A stretch of days, from the first up to but without the last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """From a day until another, which is excluded; ``None`` is open-ended."""

    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Tell whether a day falls within."""
        return self.start <= day and (self.end is None or day < self.end)

    def within(self, start: date, end: date) -> Span | None:
        """Return the part of it that falls within ``start`` until ``end`` (excluded), if any."""
        first, last = max(self.start, start), end if self.end is None else min(self.end, end)
        return Span(first, last) if first < last else None
