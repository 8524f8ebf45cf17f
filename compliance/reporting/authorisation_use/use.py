"""What was used, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.vocabulary import Verdict

if TYPE_CHECKING:
    from datetime import date

    from compliance.statistics.vocabulary import UseKind


@dataclass(frozen=True, slots=True)
class Use:
    """How many exchanges with one verdict used one thing in a period.

    ``first`` and ``last`` are the first days of the months in which that ever happened under this instrument, so that
    what was not used in the period may still tell when it last was. ``code`` is as :class:`UseKind` says.
    """

    kind: UseKind
    code: str
    verdict: str
    count: int
    first: date | None = None
    last: date | None = None

    @property
    def is_covered(self) -> bool:
        """Whether it was allowed."""
        return self.verdict == Verdict.COVERED
