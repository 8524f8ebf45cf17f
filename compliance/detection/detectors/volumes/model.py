"""What each hour should have brought, from the days before it alone.

The expectation of an hour is level, by factor of the kind of day, by factor of the school vacation, by share of the
hour. A pass through the days updates each after the day has been predicted, so what is said of a day never rests on it.
Peers lend what a series has not seen often enough. A count is held to be negative binomial; ``spread`` is the
square of the coefficient of variation that remains when chance alone is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from compliance.detection.detectors.volumes.cube import HOURS
from compliance.detection.detectors.volumes.day_kinds import RHYTHM, DayKind, Rhythm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_FACTORS: Final = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.25, 0.2, 0.25, 0.6, 1.0])
"""By kind of day, before anything has been seen."""

_UNSURE: Final = np.array([0.1] * 5 + [0.6, 0.6, 0.8, 0.5, 0.7])
"""By kind of day: how far a factor that was never seen may be off, as a standard deviation of its logarithm."""

_RHYTHM: Final = np.array([int(one) for one in RHYTHM])
_RARE: Final = DayKind.SATURDAY
_LEVEL_STEP = 0.12
_FACTOR_KEPT = 0.88
_SHARE_KEPT = 0.93
_SPREAD_KEPT = 0.96
_LENT_FACTOR = 0.7  # days
_LENT_SHARE = 2.0  # days
_LENT_SPREAD = 6.0  # days
_FIRST_SPREAD = 0.06
_HELD = 2.25  # squares beyond one and a half standard deviations count as that, so that outages widen no band
_HELD_MEAN = 0.778  # the mean of such squares of a normal variable
_OUT = 3.0  # standard deviations that make a day unlike its level
_SAYS_ENOUGH = 0.3  # a day that says less ends no level
_SETTLED = 5  # days after which the errors of a level say something
_OUT_DAYS = 2  # so many of them in a row are a new level
_REMEMBERED = 60  # days in which an old level is not strange


@dataclass(slots=True)
class Fitted:
    """What a pass found: arrays by series and day (and hour)."""

    expected: Array  # series, day, hour
    spread: Array  # series, day, hour
    day_spread: Array  # series, day: what all hours of the day share
    level: Array  # series, day: logarithm of an ordinary day
    elsewhere: Array  # series, day: factor to an earlier level that would not be strange, or 1
    shifted: NDArray[np.int8]  # series, day: +1 or -1 where a new level was accepted after the day
    days_seen: NDArray[np.int32]  # series, day: days with a count before it
    level_after: Array  # series: the level once the last day was known


class _Pass:
    def __init__(self, size: int) -> None:
        self.level = np.zeros(size)
        self.seen = np.zeros(size, dtype=np.int32)
        self.old_level = np.full(size, np.nan)
        self.old_age = np.zeros(size, dtype=np.int32)
        self.run = np.zeros(size)
        self.run_sum = np.zeros(size)
        self.counted = np.zeros((size, len(DayKind)))
        self.weighed = np.zeros((size, len(DayKind)))
        self.shares = np.zeros((size, len(Rhythm), HOURS))
        self.share_weight = np.zeros((size, len(Rhythm)))
        self.vacation = np.zeros(size)  # logarithm of the factor
        self.vacation_seen = np.zeros(size)
        self.spread_sum = np.zeros((size, HOURS))
        self.spread_weight = np.zeros((size, HOURS))
        self.lean = np.zeros(size)
        self.sway = np.zeros(size)
        self.day_sum = np.zeros(size)
        self.day_weight = np.zeros(size)

    def factors(self, kinds: NDArray[np.int64]) -> tuple[Array, Array]:
        """Return each series' factor of its kind of day, and how unsure it is (a variance of the logarithm)."""
        at = np.arange(len(kinds))
        ripe = self.seen >= 21  # noqa: PLR2004 three weeks
        lent = _FACTORS.copy()
        if ripe.sum() >= 3:  # noqa: PLR2004 a median of fewer says little
            own = self.counted[ripe] / np.maximum(self.weighed[ripe], 1e-9)
            enough = (self.weighed[ripe] > 0.5).sum(axis=0) >= 3  # noqa: PLR2004 the same
            lent = np.where(enough, np.median(own, axis=0), lent)
        factor = (self.counted[at, kinds] + _LENT_FACTOR * lent[kinds]) / (self.weighed[at, kinds] + _LENT_FACTOR)
        return np.maximum(factor, 1e-4), (_UNSURE[kinds] ** 2) / (1 + 2 * self.weighed[at, kinds])

    def hours(self, rhythms: NDArray[np.int64]) -> Array:
        """Return each series' shares of the hours in its rhythm."""
        at = np.arange(len(rhythms))
        flat = np.full(HOURS, 1 / HOURS)
        # A rhythm seldom seen is like a working day of the same series, and that like its peers'.
        total = self.shares[:, Rhythm.WORKING].sum(axis=0) + flat
        peers = total / total.sum()
        working = self.shares[:, Rhythm.WORKING] + 0.5 * peers
        working /= working.sum(axis=1, keepdims=True)
        share = self.shares[at, rhythms] + _LENT_SHARE * working
        found: Array = share / share.sum(axis=1, keepdims=True)
        return found


def fit(counts: Array, known: NDArray[np.bool_], kinds: NDArray[np.int64], in_vacation: NDArray[np.bool_]) -> Fitted:
    """Pass through the days. ``counts`` is series by day by hour, ``kinds`` series by day, ``in_vacation`` by day.

    A day of which an hour is not known teaches nothing, but is expected like the others.
    """
    size, days, _ = counts.shape
    state = _Pass(size)
    found = Fitted(
        expected=np.zeros((size, days, HOURS)),
        spread=np.ones((size, days, HOURS)),
        day_spread=np.ones((size, days)),
        level=np.zeros((size, days)),
        elsewhere=np.ones((size, days)),
        shifted=np.zeros((size, days), dtype=np.int8),
        days_seen=np.zeros((size, days), dtype=np.int32),
        level_after=state.level,
    )
    for day in range(days):
        _predict(state, found, day, kinds[:, day], vacation=bool(in_vacation[day]))
        if known[day].all() or (known[day].sum() == HOURS - 1 and not known[day, 2]):
            _learn(state, found, day, counts[:, day], kinds[:, day], vacation=bool(in_vacation[day]))
    found.level_after = state.level
    return found


def _predict(state: _Pass, found: Fitted, day: int, kinds: NDArray[np.int64], *, vacation: bool) -> None:
    factor, unsure = state.factors(kinds)
    total = np.exp(state.level + (state.vacation if vacation else 0.0)) * factor
    total = np.where(state.seen > 0, total, 0.0)
    young = 0.35 / np.maximum(state.seen, 1)  # a level that rests on few days
    unsure = unsure + young + (0.15 / (1 + state.vacation_seen) if vacation else 0.0)
    lent = _LENT_SPREAD * _FIRST_SPREAD
    day_spread = (state.day_sum + lent) / (state.day_weight + _LENT_SPREAD)
    own = (state.spread_sum.sum(axis=1) + lent) / (state.spread_weight.sum(axis=1) + _LENT_SPREAD)
    hour_spread = (state.spread_sum + _LENT_SPREAD / 2 * own[:, None]) / (state.spread_weight + _LENT_SPREAD / 2)
    found.expected[:, day] = total[:, None] * state.hours(_RHYTHM[kinds])
    found.day_spread[:, day] = day_spread + unsure
    found.spread[:, day] = np.maximum(hour_spread, day_spread[:, None]) + unsure[:, None]
    found.level[:, day] = state.level
    found.days_seen[:, day] = state.seen
    remembered = (state.old_age > 0) & (state.old_age <= _REMEMBERED)
    found.elsewhere[:, day] = np.where(remembered, np.exp(np.where(remembered, state.old_level - state.level, 0.0)), 1)


def _learn(state: _Pass, found: Fitted, day: int, counts: Array, kinds: NDArray[np.int64], *, vacation: bool) -> None:
    at = np.arange(len(kinds))
    rhythms = _RHYTHM[kinds]
    expected, total = found.expected[:, day], counts.sum(axis=1)
    awaited = expected.sum(axis=1)
    new = (state.seen == 0) & (total > 0)
    known = state.seen > 0
    factor, _unsure = state.factors(kinds)
    state.level = np.where(new, np.log(np.maximum(total, 0.5) / np.clip(factor, 0.2, None)), state.level)
    awaited = np.where(new, total, awaited)
    # How far the day was from what was awaited, and how much that says.
    off = np.log((total + 0.5) / (awaited + 0.5))
    spread = found.day_spread[:, day]
    deviation = np.sqrt(spread + 1 / (awaited + 0.5))
    strange = np.where(known, off / deviation, 0.0)
    much = np.maximum(awaited, total)  # a level near nothing must be able to rise
    says = np.where(known, much / (much + 5.0), 0.0) * np.where(kinds < _RARE, 1.0, 0.15)
    says *= 0.5 if vacation else 1.0
    held = np.clip(off, -2.5 * deviation, 2.5 * deviation)
    jumped = _settle(state, found, day, off, strange, says)
    early = np.maximum(_LEVEL_STEP, 1 / (state.seen + 1.0))
    # Errors that keep to one side ask for larger steps (Trigg and Leach, 1967).
    state.lean = np.where(says > 0, 0.7 * state.lean + 0.3 * held, state.lean)
    state.sway = np.where(says > 0, 0.7 * state.sway + 0.3 * np.abs(held), state.sway)
    early = np.maximum(
        early, np.where(state.seen > _SETTLED, 0.6 * (np.abs(state.lean) / np.maximum(state.sway, 1e-9)) ** 2, 0.0)
    )
    state.level = state.level + np.where(jumped, 0.0, early * says * held)
    if vacation:
        step = np.where(known & ~jumped, 0.3 * awaited / (awaited + 5.0), 0.0) * (kinds < DayKind.HOLIDAY)
        state.vacation = np.clip(state.vacation + step * held, -3.0, 1.5)
        state.vacation_seen += known
    # The factor of this kind of day, held within what the level allows.
    level = np.exp(found.level[:, day] + (state.vacation if vacation else 0.0))
    level = np.where(new, np.exp(state.level), level)
    ordinary = known & (np.abs(strange) < 4) & ~jumped | (kinds >= _RARE) & known  # noqa: PLR2004 far beyond _OUT
    worth = np.where(ordinary, 1.0, 0.0)
    kept = np.where(worth > 0, _FACTOR_KEPT, 1.0)
    state.counted[at, kinds] = state.counted[at, kinds] * kept + worth * total / np.maximum(level, 0.5)
    state.weighed[at, kinds] = state.weighed[at, kinds] * kept + worth
    _learn_hours(state, found, day, counts, rhythms, np.where(known, np.exp(off), 1.0))
    weight = np.where(known & (state.seen > 2), awaited / (awaited + 5.0), 0.0) * np.where(kinds < _RARE, 1.0, 0.0)  # noqa: PLR2004 levels need days
    chance = 1 / (awaited + 0.5)
    square = np.maximum(np.minimum(off**2, _HELD * (spread + chance)) / _HELD_MEAN - chance, -0.5 * spread)
    state.day_sum = np.maximum(state.day_sum * np.where(weight > 0, _SPREAD_KEPT, 1.0) + weight * square, 0.0)
    state.day_weight = state.day_weight * np.where(weight > 0, _SPREAD_KEPT, 1.0) + weight
    state.seen += (known | new).astype(np.int32)
    state.old_age = np.where(state.old_age > 0, state.old_age + 1, 0)


def _settle(state: _Pass, found: Fitted, day: int, off: Array, strange: Array, says: Array) -> NDArray[np.bool_]:
    """Accept a new level after days in a row beyond it on one side; return to a remembered one at once."""
    out = (np.abs(strange) > _OUT) & (says > _SAYS_ENOUGH)
    same = np.sign(off) == np.sign(state.run)
    state.run = np.where(
        out, np.where(same, state.run + np.sign(off), np.sign(off)), np.where(says > _SAYS_ENOUGH, 0.0, state.run)
    )
    state.run_sum = np.where(
        out, np.where(same, state.run_sum + off, off), np.where(state.run == 0, 0.0, state.run_sum)
    )
    back = np.log(np.maximum(found.elsewhere[:, day], 1e-9))
    returned = out & (found.elsewhere[:, day] != 1.0) & (np.abs(off - back) < np.maximum(0.35, 0.4 * np.abs(back)))
    settled = (np.abs(state.run) >= _OUT_DAYS) & ~returned
    jumped: NDArray[np.bool_] = returned | settled
    moved = np.where(returned, off, np.where(settled, state.run_sum / np.maximum(np.abs(state.run), 1), 0.0))
    remember = settled & ((state.old_age == 0) | (state.old_age > _REMEMBERED))
    state.old_level = np.where(remember, state.level, np.where(returned, state.level, state.old_level))
    state.old_age = np.where(remember | returned, 1, state.old_age)
    state.level = state.level + moved
    state.run = np.where(jumped, 0.0, state.run)
    state.run_sum = np.where(jumped, 0.0, state.run_sum)
    found.shifted[:, day] = np.where(settled, np.sign(moved), 0).astype(np.int8)
    return jumped


def _learn_hours(
    state: _Pass, found: Fitted, day: int, counts: Array, rhythms: NDArray[np.int64], ratio: Array
) -> None:
    """Update the shares of the hours, and how far an hour strays, with counts held within the day's own size."""
    at = np.arange(len(rhythms))
    expected, spread = found.expected[:, day], found.spread[:, day]
    scaled = expected * ratio[:, None]
    deviation = 4 * np.sqrt(scaled + spread * scaled**2) + 2
    ripe = (state.share_weight[at, rhythms] > 3)[:, None]  # noqa: PLR2004 days of this rhythm
    held = np.where(ripe, np.clip(counts, scaled - deviation, scaled + deviation), counts)
    total = held.sum(axis=1)
    worth = np.where(total > 0, total / (total + 3.0), 0.0)
    kept = np.where(worth > 0, _SHARE_KEPT, 1.0)
    share = held / np.maximum(total, 1)[:, None]
    state.shares[at, rhythms] = state.shares[at, rhythms] * kept[:, None] + worth[:, None] * share
    state.share_weight[at, rhythms] = state.share_weight[at, rhythms] * kept + worth
    says = np.where((state.seen > 4)[:, None], (expected / (expected + 10.0)) ** 2, 0.0)  # noqa: PLR2004 levels need days
    variance = expected + spread * expected**2
    square = np.minimum((counts - expected) ** 2, _HELD * variance) / _HELD_MEAN - expected
    relative = np.maximum(square / np.maximum(expected, 0.5) ** 2, -0.5 * spread)
    state.spread_sum = np.maximum(state.spread_sum * _SPREAD_KEPT + says * relative, 0.0)
    state.spread_weight = state.spread_weight * _SPREAD_KEPT + says
