"""Where a series ordinarily is, at this point of its season, and how far it strays there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SEASONS: Final = 12
"""Seasons that are remembered."""
_STEPS: Final = 2_000
"""Steps that are remembered where there is no season."""
_MOST: Final = 65_536


@dataclass(frozen=True, slots=True)
class Place:
    """The ordinary value at each point of a season (or everywhere), with its slope and its spread."""

    period: int
    middle: Array
    spread: Array
    slope: float
    learnt_at: int

    @classmethod
    def learn(cls, past: Array, period: int) -> Self:
        """Learn from the last seasons: medians, so that what was out of place does not teach."""
        if period and len(past) >= 2 * period:
            seasons = min(_SEASONS, len(past) // period, max(2, _MOST // period))
            recent = past[len(past) - seasons * period :].reshape(seasons, period)
            slope = _slope(recent.mean(axis=1)) / period
            age = (np.arange(seasons * period) - seasons * period).reshape(seasons, period)
            flat = recent - slope * age
            middle = np.median(flat, axis=0)
            spread = _smooth(np.median(np.abs(flat - middle), axis=0))
            return cls(period, middle, spread, slope, len(past))
        recent = past[-_STEPS:]
        middle = np.array([np.median(recent)])
        return cls(1, middle, np.median(np.abs(recent - middle))[None], 0.0, len(past))

    def off(self, values: Array, begin: int, end: int) -> Array:
        """Return how far above its place each value is; far where it ordinarily stays near counts more."""
        age = np.arange(begin, end) - self.learnt_at
        at = age % self.period
        typical = float(np.median(self.spread)) + 1e-12
        weight = (2 * typical / (typical + self.spread[at])).clip(0.5, 2.0)
        off: Array = (values[begin:end] - self.middle[at] - self.slope * age) * weight
        return off


def _slope(seasons: Array) -> float:
    """Return the median slope between seasons (Theil and Sen), where there are three."""
    if len(seasons) < 3:  # noqa: PLR2004 two make any slope
        return 0.0
    first, second = np.triu_indices(len(seasons), 1)
    return float(np.median((seasons[second] - seasons[first]) / (second - first)))


def _smooth(values: Array) -> Array:
    if len(values) < 5:  # noqa: PLR2004 nothing to smooth
        return values
    around = np.concatenate([values[-2:], values, values[:2]])
    smoothed: Array = np.convolve(around, np.full(5, 0.2), mode="valid")
    return smoothed
