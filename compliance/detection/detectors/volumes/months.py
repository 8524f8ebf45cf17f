"""What a month should have brought, from the months before it: to judge by and to explain by."""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from scipy.stats import t as student

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_SPREAD: Final = 0.15
_LENT_SPREAD: Final = 0.3
_LENT_MONTHS: Final = 3
_INSIDE: Final = 0.95


class Month(NamedTuple):
    """How much a month brought, and on how many working days."""

    exchanges: int
    working_days: int


class Swing(NamedTuple):
    """A month beside what the months around it let expect: ``low`` to ``high`` holds 95 %."""

    expected: int
    low: int
    high: int
    tail: float

    def is_beyond(self, count: int) -> bool:
        """Tell whether a count lies outside."""
        return not self.low <= count <= self.high


def judge(month: Month, others: Sequence[Month], *, spread: float | None = None) -> Swing | None:
    """Hold a month against others of the same partner, per working day; nothing where there is no other.

    The middle is their median. How far months stray is reckoned from the median deviation, so that one wild month does
    not hide another; ``spread`` stands in where a partner is known to stray more than its own months can show.
    """
    rates = _rates(others)
    if not rates:
        return None
    middle = median(rates)
    if spread is None:
        spread = stray(others)
    spread = max(spread, _LEAST_SPREAD) * sqrt(1 + 1 / len(rates))
    freedom = len(rates) + _LENT_MONTHS - 1
    reach = float(student.ppf((1 + _INSIDE) / 2, freedom)) * spread
    days = max(month.working_days, 1)
    off = log((month.exchanges + 1) / days) - middle
    return Swing(
        expected=round(exp(middle) * days),
        low=round(exp(middle - reach) * days),
        high=round(exp(middle + reach) * days),
        tail=float(2 * student.sf(abs(off) / spread, freedom)),
    )


def stray(months: Sequence[Month]) -> float:
    """Return how far months stray from their median, as a standard deviation of the logarithm; few borrow."""
    rates = _rates(months)
    middle = median(rates)
    own = 1.4826 * median(abs(rate - middle) for rate in rates)
    return sqrt((len(rates) * own**2 + _LENT_MONTHS * _LENT_SPREAD**2) / (len(rates) + _LENT_MONTHS))


def _rates(months: Sequence[Month]) -> list[float]:
    return [log((one.exchanges + 1) / max(one.working_days, 1)) for one in months]
