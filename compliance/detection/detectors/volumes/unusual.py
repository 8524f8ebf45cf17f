"""Stretches of a day in which a series had far more or far fewer exchanges than it should have had."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from compliance.detection.detectors.volumes.cube import HOURS
from compliance.detection.detectors.volumes.tails import lower, of_the_day, roughly, upper

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compliance.detection.detectors.volumes.watched import Watched

    Array = NDArray[np.float64]

LENGTHS: Final = (1, 2, 3, 6)
"""Hours in a row that are looked at together."""

_PAST: Final = 56
"""Days by which a series' tail is fitted."""

_NOTABLE: Final = 1.6
"""Standard deviations from which on a probability is reckoned exactly."""

_RIPE: Final = 5
"""Days that a series must have been seen before anything is said of it."""


class Side(StrEnum):
    """Where a count lies of what was expected."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hours of the window's day, from until (excluded), with what was observed and expected in them."""

    series: int
    begins: int
    ends: int
    observed: float
    expected: float
    tail: float


def stretches(watched: Watched, side: Side) -> list[Stretch]:
    """Return the most unusual stretch of each series on a side, however ordinary it is; ``tail`` is for the whole day.

    A count that is far from the present level, but ordinary at the one that the series had before, is not unusual.
    """
    fitted, past = watched.fitted, slice(max(0, len(watched.leaves.days) - 1 - _PAST), None)
    expected, spread = fitted.expected[:, past], fitted.spread[:, past]
    shared, elsewhere = fitted.day_spread[:, past], fitted.elsewhere[:, past]
    known = watched.leaves.known[past]
    observed = np.where(known, watched.counts[:, past], 0.0)
    expected = np.where(known, expected, 0.0)
    ripe = fitted.days_seen[:, past] >= _RIPE
    tails = [
        _tails(_runs(observed, length), *_together(expected, spread, shared, length), elsewhere, ripe, side)
        for length in LENGTHS
    ]
    size = len(watched.series)
    looked = np.array([_whole(watched.known_today, length) for length in LENGTHS])
    today = np.where(looked[None], np.stack([one[:, -1] for one in tails], axis=1), 1.0)  # series, length, hour
    before = np.minimum.reduce([one[:, :-1].min(axis=2) for one in tails])
    of_day = of_the_day(before, today.min(axis=(1, 2))) if before.shape[1] else np.ones(size)
    found = []
    for n in range(size):
        if not ripe[n, -1]:
            continue
        which, last = np.unravel_index(int(today[n].argmin()), today[n].shape)
        length = LENGTHS[int(which)]
        hours = slice(int(last) - length + 1, int(last) + 1)
        found.append(
            Stretch(
                series=n,
                begins=hours.start,
                ends=hours.stop,
                observed=float(observed[n, -1, hours].sum()),
                expected=float(expected[n, -1, hours].sum()),
                tail=float(of_day[n]),
            )
        )
    return found


def _runs(hours: Array, length: int) -> Array:
    """Return the sums of so many hours, each at the last of them; before the day's first full one they are 0."""
    total = np.cumsum(hours, axis=-1)
    total[..., length:] = total[..., length:] - total[..., :-length].copy()
    total[..., : length - 1] = 0.0
    return total


def _together(expected: Array, spread: Array, shared: Array, length: int) -> tuple[Array, Array]:
    """Return mean and spread of so many hours together: the day's own deviation is shared, the rest is not."""
    mean = _runs(expected, length)
    own = np.maximum(spread - shared[..., None], 0.0) * expected**2
    return mean, shared[..., None] + _runs(own, length) / np.maximum(mean, 1e-9) ** 2


def _tails(observed: Array, mean: Array, spread: Array, elsewhere: Array, ripe: NDArray[np.bool_], side: Side) -> Array:
    off = roughly(observed, mean, spread)
    worth = ((off > _NOTABLE) if side is Side.ABOVE else (off < -_NOTABLE)) & ripe[..., None]
    found = np.ones_like(mean)
    reckon = upper if side is Side.ABOVE else lower
    other = np.broadcast_to(elsewhere[..., None], mean.shape)[worth]
    seen, awaited, strays = observed[worth], mean[worth], spread[worth]
    found[worth] = np.maximum(
        reckon(seen, awaited, strays), np.where(other == 1.0, 0.0, reckon(seen, awaited * other, strays))
    )
    return found


def _whole(known: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Tell at which hours of a day so many known ones end."""
    return np.array([hour >= length - 1 and bool(known[hour - length + 1 : hour + 1].all()) for hour in range(HOURS)])
