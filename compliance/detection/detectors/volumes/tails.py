"""How unlikely a count is: by the negative binomial, set right by how far the series strayed before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import betainc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_LEAST: Final = 1e-300
_BEGINS: Final = 0.02
"""The tail begins where one ordinary count in fifty lies beyond."""
_BEYOND: Final = float(-np.log(_BEGINS))
_LENT_COUNTS = 300.0
_LENT_EXCESSES = 8.0
_LENT_DAYS = 12.0
_DAY_FARTHEST = 5.0
_DAY_HEAVIEST = 2.2
_FARTHEST = 12.0  # an outage of the past must not make the next one ordinary


def upper(observed: Array, mean: Array, spread: Array) -> Array:
    """Return the probability of that many or more; ``spread`` is the variance beyond chance, by the squared mean."""
    size, odds = _shape(mean, spread)
    return np.where(observed > 0, np.maximum(betainc(np.maximum(observed, 1e-9), size, 1 - odds), _LEAST), 1.0)


def lower(observed: Array, mean: Array, spread: Array) -> Array:
    """Return the probability of that few or fewer."""
    size, odds = _shape(mean, spread)
    return np.maximum(betainc(size, observed + 1, odds), _LEAST)


def _shape(mean: Array, spread: Array) -> tuple[Array, Array]:
    size = 1 / np.maximum(spread, 1e-6)
    return size, size / (size + np.maximum(mean, 1e-9))


def roughly(observed: Array, mean: Array, spread: Array) -> Array:
    """Return about how many standard deviations a count lies off: cheap, to find what is worth reckoning exactly."""
    root = np.sqrt(np.maximum(spread, 1e-6))
    off: Array = 2 / root * (np.arcsinh(root * np.sqrt(observed + 0.375)) - np.arcsinh(root * np.sqrt(mean + 0.375)))
    return off


class Tail(NamedTuple):
    """The tail of a series as its past showed it, by series: how much lies beyond, and how far on the average.

    In logarithms of the model's probability an ideal tail is exponential with mean 1. A tail that is heavier has a
    larger mean (a generalised Pareto tail of shape 0 above the threshold; see docs/decisions/0033).
    """

    share: Array
    mean: Array

    def set_right(self, model: Array) -> Array:
        """Return probabilities as often as the past bears out, from those of the model."""
        beyond = -np.log(np.maximum(model, _LEAST)) - _BEYOND
        share, mean = self.share[(...,) + (None,) * (model.ndim - 1)], self.mean[(...,) + (None,) * (model.ndim - 1)]
        return np.where(beyond > 0, np.maximum(share * np.exp(-np.maximum(beyond, 0) / mean), _LEAST), model)


def of_the_day(past: Array, today: Array) -> Array:
    """Return how likely a day's least likely stretch is, by how unlikely that of past days was: series by day, series.

    Half of the days lie above the median; beyond it the logarithm is held to be exponential with the series' own mean.
    """
    usual, now = -np.log(np.maximum(past, _LEAST)), -np.log(np.maximum(today, _LEAST))
    middle = np.median(usual, axis=1)
    beyond = np.clip(usual - middle[:, None], 0.0, _DAY_FARTHEST)
    mean = (beyond.sum(axis=1) + _LENT_DAYS) / ((beyond > 0).sum(axis=1) + _LENT_DAYS)
    mean = np.clip(mean, 1.0, _DAY_HEAVIEST)
    return np.where(now > middle, np.maximum(0.5 * np.exp(-np.maximum(now - middle, 0) / mean), _LEAST), 1.0)


def fit_tail(past: Array, counted: Array) -> Tail:
    """Fit the tail of each series to the probabilities that the model gave to its past (1 where none was reckoned).

    ``counted`` is how many counts of each series the past holds. A short past is filled up with an ideal one.
    """
    beyond = -np.log(np.maximum(past, _LEAST)) - _BEYOND
    excess = np.where(beyond > 0, np.minimum(beyond, _FARTHEST), 0.0)
    many = (beyond > 0).sum(axis=1)
    share = (many + _BEGINS * _LENT_COUNTS) / (counted + _LENT_COUNTS)
    mean = (excess.sum(axis=1) + _LENT_EXCESSES) / (many + _LENT_EXCESSES)
    return Tail(np.clip(share, _BEGINS / 2, 0.25), np.clip(mean, 1.0, 6.0))
