"""The shape of the figures about review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from compliance.cases.samples.results import Results


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Cases of one family. ``hours`` is the median until a decision, ``late`` how many took longer than their term."""

    family: str
    opened: int
    decided: int
    outcomes: Mapping[str, int]
    hours: float | None
    late: int
    open_at_end: int
    overdue_at_end: int


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """Questions to one partner."""

    partner: str
    asked: int
    answered: int
    in_time: int
    overdue: int


@dataclass(frozen=True, slots=True)
class BreachFigure:
    """One data breach: its case, when the officer knew, when it was notified or how else it ended."""

    case: str
    aware_at: datetime
    due_at: datetime
    notified_at: datetime | None
    end: str


@dataclass(frozen=True, slots=True)
class Review:
    """How access was reviewed from ``since`` up to and with ``until``.

    ``findings`` are counts by state; ``days`` are working days, on ``active_days`` of which somebody worked on a case
    or judged an exchange of a sample; ``by_two`` are decisions that a second person confirmed.
    """

    since: date
    until: date
    controllers: tuple[str, ...]
    exchanges: int
    findings: Mapping[str, int]
    cases: tuple[CaseFigures, ...]
    by_two: int
    reopened: int
    days: int
    active_days: int
    questions: tuple[QuestionFigures, ...]
    breaches: tuple[BreachFigure, ...]
    samples: Results
    sample_months: int
    suppressions: int
    suppressions_in_force: int
    detector_changes: int
    budgets: tuple[tuple[date, int], ...]
