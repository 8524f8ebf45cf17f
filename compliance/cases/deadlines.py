"""By when a case is to be decided, in working days after it was opened: the graver, the sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.registry.terms import end_of_term

if TYPE_CHECKING:
    from datetime import datetime

URGENT: Final = 80
TERMS: Final = ((URGENT, 1), (60, 3), (40, 5), (0, 10))
"""From which severity, and how many working days; the last counts to its end."""


def days_for(severity: int) -> int:
    """Return the term of a severity, in working days."""
    return next(days for least, days in TERMS if severity >= least)


def due_after(opened_at: datetime, *, severity: int) -> datetime:
    """Return the last moment of the term that began when a case was opened. One query at the most."""
    return end_of_term(opened_at, days_for(severity))
