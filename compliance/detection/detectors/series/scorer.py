"""How unusual each value of a series is, from the values before it alone.

Three questions are asked of each value, and each answer is held against the answers before it: how far is it from what
the last values and the season foretell (a break, a spike); how far is it from where the series is at this point of its
season (a value out of place); how unlike is the stretch that ends with it to every stretch before (a changed pattern).
The first two are asked of the last values together as well (restlessness, another level).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from compliance.detection.detectors.series.blocks import blocks
from compliance.detection.detectors.series.forecast import Forecast
from compliance.detection.detectors.series.patterns import Patterns
from compliance.detection.detectors.series.place import Place
from compliance.detection.detectors.series.season import season

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_REMEMBERED: Final = 20_000
"""Answers that a new one is held against."""
_YOUNG: Final = 40.0
"""Values after which a score counts for half: the first ones have little to be held against."""
_SEASON_AGAIN: Final = 1.3
"""By how much a series must have grown for its season to be looked for again."""


_LATELY: Final = (10, 50)
"""Values that are looked at together: a quarter of a season, within these bounds."""


class Scorer:
    """Takes a series in pieces, in order. Scores are in [0, 1], and those given are never changed."""

    def __init__(self, *, hints: tuple[int, ...] = ()) -> None:
        """Begin a series. ``hints`` are seasons that its clock suggests, in steps."""
        self._hints = hints

    def score(self, values: Array) -> Array:
        """Return the score of each value; one that is missing (not a number) scores 0."""
        cuts = list(blocks(len(values)))
        # The last block is reckoned whole, so that sums are made in the same order however much of it is there.
        count = cuts[-1][1] if cuts else 0
        filled = _filled(np.concatenate([values, np.full(count - len(values), np.nan)]))
        scores = np.zeros(count)
        asked = np.zeros((5, count))
        above = np.zeros(count)
        period, looked_at = 0, 0
        for begin, end in cuts:
            if begin >= max(24, looked_at * _SEASON_AGAIN):
                period, looked_at = season(filled[:begin], hints=self._hints), begin
            if begin < 8:  # noqa: PLR2004 nothing can be learnt from so few
                continue
            scale = _scale(filled[:begin])
            asked[0, begin:end] = Forecast.learn(filled[:begin], period).off(filled, begin, end) / scale
            above[begin:end] = Place.learn(filled[:begin], period).off(filled, begin, end) / scale
            asked[1, begin:end] = np.abs(above[begin:end])
            asked[2, begin:end] = Patterns.learn(filled[:begin], period).off(filled, begin, end) / scale
            lately = int(np.clip(period // 4, _LATELY[0], _LATELY[1]))
            asked[3, begin:end] = np.abs(_mean_of_last(above, lately, begin, end))
            asked[4, begin:end] = _mean_of_last(asked[0], lately, begin, end)
            standing = np.stack([_held_against(one[:begin], one[begin:end]) for one in asked])
            ripe = begin / (begin + _YOUNG + period)
            scores[begin:end] = _together(standing) * ripe
        scores = scores[: len(values)]
        scores[np.isnan(values)] = 0.0
        return scores


def _mean_of_last(values: Array, steps: int, begin: int, end: int) -> Array:
    before = np.concatenate([np.zeros(max(0, steps - begin)), values[max(0, begin - steps) : end]])
    total = np.cumsum(before)
    mean: Array = (total[steps:] - total[:-steps]) / steps
    return mean


def _filled(values: Array) -> Array:
    """Carry the last value over those that are missing; before the first there is 0."""
    at = np.where(np.isnan(values), -1, np.arange(len(values)))
    at = np.maximum.accumulate(at) if len(at) else at
    return np.where(at >= 0, np.nan_to_num(values)[at], 0.0)


def _scale(values: Array) -> float:
    recent = values[-_REMEMBERED:]
    low, high = np.quantile(recent, [0.1, 0.9])
    return max(float(high - low), float(np.std(recent)) * 0.1, 1e-9 * max(1.0, float(np.abs(recent).max())))


def _held_against(past: Array, now: Array) -> Array:
    """Return answers in units of what is high among the past ones."""
    recent = past[-_REMEMBERED:]
    recent = recent[len(recent) // 20 :]
    middle, high, highest = np.quantile(recent, [0.5, 0.95, 0.995])
    unit = max(float(high - middle), 0.4 * float(highest - middle), 1e-6)
    standing: Array = np.maximum(now - middle, 0.0) / unit
    return standing


def _together(standing: Array) -> Array:
    """One answer that is far out is enough, and several make it surer."""
    strongest = standing.max(axis=0)
    all_ = np.sqrt((np.minimum(standing, 50.0) ** 2).mean(axis=0))
    both = 0.5 * strongest + 0.5 * all_
    together: Array = both / (both + 4.0)
    return together
