"""How unlikely a share of errors is: beta-binomial, with the share and the spread that the series had before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.special import betaln, gammaln, logsumexp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_LENT_EXCHANGES = 200.0
_LENT_SHARE = 0.02
_KEPT: Final = 0.8
"""The part of the past days that an ordinary share is reckoned from: those with the fewest errors."""
_SUMMED = 6_000


class Share(NamedTuple):
    """An ordinary share of errors, and by how much it strays beyond chance (the correlation within a stretch)."""

    mean: float
    spread: float


def ordinary_share(errors: Array, counts: Array) -> Share:
    """Learn a share from past hours (day by hour), leaving out the days with the highest, which may have been outages.

    A short past is filled up with a share of one in fifty.
    """
    by_day, of_day = errors.sum(axis=1), counts.sum(axis=1)
    shares = (by_day + 0.5) / (of_day + 1)
    kept = np.argsort(shares, kind="stable")[: max(1, int(len(shares) * _KEPT))]
    bad, every = errors[kept], counts[kept]
    mean = (bad.sum() + _LENT_SHARE * _LENT_EXCHANGES * 0.1) / (every.sum() + _LENT_EXCHANGES * 0.1)
    mean = float(np.clip(mean, 1e-4, 0.9))
    chance = every * mean * (1 - mean)
    # Pearson's statistic of beta-binomial counts is 1 + (n - 1) spread on the average.
    square = np.minimum((bad - every * mean) ** 2, 16 * chance + 16)
    more = (every - 1).clip(0) * chance
    spread = (float((square - chance).sum()) + 0.005 * 50) / (float(more.sum()) + 50)
    return Share(mean, float(np.clip(spread, 0.001, 0.3)))


def beta_binomial(errors: float, count: float, share: Share) -> float:
    """Return the probability of so many errors or more."""
    if errors <= 0:
        return 1.0
    a = share.mean * (1 / share.spread - 1)
    b = (1 - share.mean) * (1 / share.spread - 1)
    k = np.arange(errors, min(count, errors + _SUMMED) + 1)
    terms = gammaln(count + 1) - gammaln(k + 1) - gammaln(count - k + 1) + betaln(k + a, count - k + b) - betaln(a, b)
    return float(np.exp(min(0.0, logsumexp(terms))))
