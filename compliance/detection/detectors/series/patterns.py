"""How unlike a stretch is to every stretch before it: the distance to its nearest neighbours in the past."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, gcd
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_WITHOUT_SEASON: Final = 16
_WIDEST: Final = 1_024
_POINTS: Final = 48
"""Points of a stretch that are compared; a longer one is thinned out."""
_KEPT: Final = 1_200
"""Stretches of the past that are kept to compare with."""
_NEAREST: Final = 3
"""A stretch that came two times before is still strange: neighbours are counted from the third."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Stretches of the past, without their level."""

    width: int
    step: int
    kept: Array
    squares: Array

    @classmethod
    def learn(cls, past: Array, period: int) -> Self:
        """Keep stretches from all over the past, at every point of the season."""
        width = min(period or _WITHOUT_SEASON, _WIDEST, max(4, len(past) // 4))
        step = max(1, ceil(width / _POINTS))
        count = len(past) - width + 1
        every = max(1, count // _KEPT)
        while gcd(every, width) > 1:
            every += 1
        ends = np.arange(count - 1, -1, -every)
        kept = _level(sliding_window_view(past, width)[ends, ::step])
        return cls(width, step, kept, (kept**2).sum(axis=1))

    def off(self, values: Array, begin: int, end: int) -> Array:
        """Return for each value how far the stretch that ends with it is from its third nearest of the past."""
        if len(self.kept) <= _NEAREST or begin < self.width:
            return np.zeros(end - begin)
        stretches = _level(sliding_window_view(values[begin - self.width + 1 : end], self.width)[:, :: self.step])
        apart = (stretches**2).sum(axis=1)[:, None] + self.squares - 2 * stretches @ self.kept.T
        nearest = np.partition(apart, _NEAREST - 1, axis=1)[:, _NEAREST - 1]
        far: Array = np.sqrt(np.maximum(nearest, 0.0) / stretches.shape[1])
        return far


def _level(stretches: Array) -> Array:
    level: Array = stretches - stretches.mean(axis=1, keepdims=True)
    return level
