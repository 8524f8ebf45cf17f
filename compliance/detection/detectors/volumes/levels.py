"""How a series' level moved, held against how it moved before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import t as student

from compliance.detection.detectors.volumes.day_kinds import DayKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compliance.detection.detectors.volumes.watched import Watched

    Array = NDArray[np.float64]

_FREEDOM: Final = 6
"""Degrees of freedom of the tail: levels move in jumps more often than a normal distribution has it."""
_LEAST_SPREAD = 0.06
_LEAST_DAYS = 3


def is_whole(watched: Watched) -> bool:
    """Tell whether the window's day is known to its end."""
    return watched.window.until >= watched.window.ends


def off_earlier(watched: Watched, *, days: int, ago: int) -> Array:
    """Return by series and day what ``days`` days brought against the level ``ago`` days before: a mean logarithm.

    Ordinary working days alone speak; where fewer than three of them do, there is no number.
    """
    total = watched.counts.sum(axis=2)
    expected = watched.fitted.expected.sum(axis=2)
    speaks = (watched.kinds < DayKind.SATURDAY) & (np.maximum(total, expected) >= 10) & (watched.fitted.days_seen > 0)  # noqa: PLR2004 fewer say little
    # What the day would have been expected to bring at the earlier level.
    earlier = np.full_like(watched.fitted.level, np.nan)
    earlier[:, ago:] = watched.fitted.level[:, :-ago]
    ripe = np.zeros_like(speaks)
    ripe[:, ago:] = watched.fitted.days_seen[:, :-ago] > _LEAST_DAYS
    off = np.log((total + 1) / (expected + 1)) + watched.fitted.level - earlier
    weight = np.where(speaks & ripe, 1.0, 0.0)
    summed, count = (_last(np.where(weight > 0, off, 0.0), days), _last(weight, days))
    return np.where(count >= _LEAST_DAYS, summed / np.maximum(count, 1), np.nan)


def _last(values: Array, days: int) -> Array:
    total = np.cumsum(values, axis=1)
    total[:, days:] = total[:, days:] - total[:, :-days].copy()
    return total


def unlikelihood(moved: Array) -> Array:
    """Return how likely each series is to have moved that far on the last day, by how it moved on those before."""
    with np.errstate(all="ignore"):
        past = moved[:, :-1]
        known = np.isfinite(past).sum(axis=1)
        spread = 1.4826 * np.nanmedian(np.abs(np.where(known[:, None] > 0, past, 0.0)), axis=1)
        # Few days say little of how a level wanders: what is usual elsewhere stands in.
        usual = float(np.nanmedian(spread[known > 20])) if (known > 20).any() else 2 * _LEAST_SPREAD  # noqa: PLR2004 days
        spread = np.sqrt((known * spread**2 + 15 * usual**2) / (known + 15))
        strange = np.abs(moved[:, -1]) / np.maximum(spread, _LEAST_SPREAD)
    return np.where(np.isfinite(strange), 2 * student.sf(np.nan_to_num(strange), _FREEDOM), 1.0)
