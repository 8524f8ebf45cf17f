"""What the next value should be: a linear forecast from the last values and those of the seasons before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_LATEST: Final = (1, 2, 3, 4, 6, 8, 12)
_LEARNT_FROM: Final = 8_192
_FEWEST: Final = 48


@dataclass(frozen=True, slots=True)
class Forecast:
    """Weights of the values at some lags, learnt from the past; with few values the last one is the forecast."""

    lags: tuple[int, ...]
    weights: Array
    middle: float

    @classmethod
    def learn(cls, past: Array, period: int) -> Self:
        """Learn by ridge regression, values far out held back once, so that an outage does not teach."""
        lags: tuple[int, ...] = _LATEST
        if period:
            lags = tuple(sorted({*lags, period - 1, period, period + 1, 2 * period} - {0}))
        lags = tuple(lag for lag in lags if lag < len(past) // 2)
        learnt = past[-_LEARNT_FROM - max(lags, default=1) :]
        middle = float(np.median(learnt))
        if len(learnt) < _FEWEST or not lags:
            return cls((1,), np.array([1.0]), middle)
        level = learnt - middle
        table, wanted = _table(level, lags), level[max(lags) :]
        weights = _ridge(table, wanted)
        off = wanted - table @ weights
        reach = 4 * 1.4826 * float(np.median(np.abs(off))) + 1e-12
        return cls(lags, _ridge(table, wanted - off + np.clip(off, -reach, reach)), middle)

    def off(self, values: Array, begin: int, end: int) -> Array:
        """Return how far each value from ``begin`` to ``end`` is from its forecast."""
        before = max(self.lags)
        if begin < before:
            return np.zeros(end - begin)
        level = values[begin - before : end] - self.middle
        foretold = _table(level, self.lags) @ self.weights
        return np.abs(level[before:] - foretold)


def _table(level: Array, lags: tuple[int, ...]) -> Array:
    longest = max(lags)
    return np.stack([level[longest - lag : len(level) - lag] for lag in lags], axis=1)


def _ridge(table: Array, wanted: Array) -> Array:
    square = table.T @ table
    square[np.diag_indices_from(square)] += 1e-3 * np.trace(square) / len(square) + 1e-12
    return np.asarray(np.linalg.solve(square, table.T @ wanted), dtype=np.float64)
