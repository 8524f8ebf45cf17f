"""How unlikely: the probability of seeing this much or more when nothing is wrong.

All take and give arrays, one element a case. Rates are shrunk towards the rates of others in the same place
(empirical Bayes), so that who has little past is held against the others, and who has much against themself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import special, stats

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_FEWEST = 3
_STRONGEST = 1e4
_WEAKEST = 0.05


class Prior(NamedTuple):
    """What is believed of a rate before anything is known: a gamma's shape and rate, or a beta's two shapes."""

    first: float
    second: float

    @property
    def strength(self) -> float:
        """How many observations it weighs as much as (of a beta)."""
        return self.first + self.second


def negative_binomial_tail(count: ArrayLike, *, mean: ArrayLike, dispersion: ArrayLike = 0.0) -> Floats:
    """Return P(X >= count), where the variance is ``mean + dispersion * mean**2``; without dispersion it is Poisson."""
    counts, means, spread = np.broadcast_arrays(
        np.asarray(count, float), np.maximum(np.asarray(mean, float), 1e-12), np.asarray(dispersion, float)
    )
    size = 1 / np.maximum(spread, 1e-9)
    tails = np.where(
        spread > 1e-9,  # noqa: PLR2004 - below this a negative binomial is a Poisson to the last digit
        stats.nbinom.sf(counts - 1, size, size / (size + means)),
        stats.poisson.sf(counts - 1, means),
    )
    return np.asarray(np.clip(tails, 0.0, 1.0), float)


def gamma_poisson_tail(
    count: ArrayLike, *, exposure: ArrayLike, past_count: ArrayLike, past_exposure: ArrayLike, prior: Prior
) -> Floats:
    """Return P(X >= count) in ``exposure`` for who had ``past_count`` in ``past_exposure``, shrunk to ``prior``."""
    shape = prior.first + np.asarray(past_count, float)
    rate = prior.second + np.asarray(past_exposure, float)
    return negative_binomial_tail(count, mean=shape / rate * np.asarray(exposure, float), dispersion=1 / shape)


def gamma_prior(counts: ArrayLike, exposures: ArrayLike) -> Prior:
    """Fit a gamma to the rates of many by moments. ``Prior`` is shape and rate."""
    seen, time = np.asarray(counts, float), np.asarray(exposures, float)
    known = time > 0
    seen, time = seen[known], time[known]
    mean = (seen.sum() + 0.5) / (time.sum() + 1.0) if time.size else 0.5
    if time.size < _FEWEST:
        return Prior(1.0, 1.0 / mean)
    excess = float(((seen - mean * time) ** 2 - mean * time).sum())
    between = max(excess / float((time**2).sum()), mean**2 / _STRONGEST)
    shape = float(np.clip(mean**2 / between, _WEAKEST, _STRONGEST))
    return Prior(shape, shape / mean)


def beta_binomial_tail(successes: ArrayLike, *, trials: ArrayLike, alpha: ArrayLike, beta: ArrayLike) -> Floats:
    """Return P(X >= successes) among ``trials`` whose probability is Beta(alpha, beta)."""
    hits, tries, first, second = (
        np.atleast_1d(part)
        for part in np.broadcast_arrays(
            np.asarray(successes, float), np.asarray(trials, float), np.asarray(alpha, float), np.asarray(beta, float)
        )
    )
    if not hits.size:
        return np.zeros(0)
    steps = np.arange(int(max(0.0, float((tries - hits).max(initial=0.0)))) + 1)
    found = hits[:, None] + steps
    inside = (found <= tries[:, None]) & (found >= 0)
    k = np.where(inside, found, 0.0)
    n, a, b = tries[:, None], first[:, None], second[:, None]
    logs = (
        special.gammaln(n + 1)
        - special.gammaln(k + 1)
        - special.gammaln(n - k + 1)
        + special.betaln(k + a, n - k + b)
        - special.betaln(a, b)
    )
    summed = np.where(inside, np.exp(logs), 0.0).sum(axis=1)
    return np.asarray(np.clip(np.where(hits <= 0, 1.0, summed), 0.0, 1.0), float)


def beta_prior(successes: ArrayLike, trials: ArrayLike) -> Prior:
    """Fit a beta to the shares of many by moments. ``Prior`` is its two shapes."""
    hits, tries = np.asarray(successes, float), np.asarray(trials, float)
    known = tries > 0
    hits, tries = hits[known], tries[known]
    mean = float((hits.sum() + 0.5) / (tries.sum() + 1.0)) if tries.size else 0.5
    if tries.size < _FEWEST:
        return Prior(2 * mean, 2 * (1 - mean))
    noise = mean * (1 - mean)
    excess = float(((hits - mean * tries) ** 2 - tries * noise).sum())
    pairs = float((tries * np.maximum(tries - 1, 0)).sum())
    within = float(np.clip(excess / (pairs * noise) if pairs else 0.0, 1 / _STRONGEST, 1 / (1 + _WEAKEST)))
    strength = 1 / within - 1
    return Prior(mean * strength, (1 - mean) * strength)


def reached(steps: ArrayLike) -> Floats:
    """Return how many climbed at least one step, two, and so on."""
    climbed = np.asarray(steps, int)
    return np.asarray([(climbed >= step).sum() for step in range(1, 1 + int(climbed.max(initial=1)))], float)


def ladder_tail(steps: ArrayLike, *, climbed: ArrayLike, least: float = 0.5) -> Floats:
    """Return how large a part of all climbs at least so many steps, when each goes on by chance.

    ``climbed`` says how many were seen on the first step, the second, and so on. Beyond what was seen, each further
    step is as unlikely as the last well known one: a geometric tail.
    """
    seen = np.asarray(climbed, float)
    if not seen.size or seen[0] <= 0:
        return np.ones(np.shape(np.asarray(steps)))
    logs, chance = [0.0], 1.0
    for before, after in zip(seen, [*seen[1:], 0.0], strict=True):
        if before >= _ENOUGH or len(logs) == 1:
            chance = float(np.clip((after + least) / (before + 2 * least), 0.0, 1.0))
        logs.append(logs[-1] + float(np.log(chance)))
    last = len(logs) - 1
    wanted = np.asarray(steps, int) - 1
    known = np.asarray(logs)[np.clip(wanted, 0, last)]
    return np.asarray(np.exp(known + np.maximum(wanted - last, 0) * np.log(chance)), float)


_ENOUGH = 30


def score_of(tail: float) -> float:
    """Return a score in [0, 1] of a tail probability: 0.5 for one in a hundred thousand, 1 for ten to the minus ten."""
    return float(min(1.0, -np.log10(max(tail, 1e-300)) / 10))
