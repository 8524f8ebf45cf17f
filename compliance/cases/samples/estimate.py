"""What a sample says of all: the share of access that was not justified, and how far one reviewer is like another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scipy.stats import beta

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIDENCE = 0.95


class Reviewed(NamedTuple):
    """A stratum: how many exchanges it has, how many of them were reviewed, and how many were not justified."""

    population: int
    reviewed: int
    unjustified: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share between 0 and 1 with its confidence interval, and the part of the population that it speaks of."""

    share: float
    low: float
    high: float
    reviewed: int
    covered: float


def estimate(strata: Sequence[Reviewed], *, confidence: float = CONFIDENCE) -> Estimate | None:
    """Return the share of exchanges that were not justified, weighted by stratum; ``None`` when none was reviewed.

    The interval is that of Clopper and Pearson on the effective size of the sample, which stays honest when few or none
    were found (Korn and Graubard, "Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data", 1998).
    """
    seen = [one for one in strata if one.reviewed > 0]
    population = sum(one.population for one in seen)
    reviewed = sum(one.reviewed for one in seen)
    if not reviewed:
        return None
    share = sum(one.population * one.unjustified / one.reviewed for one in seen) / population
    variance = sum(_variance(one, population) for one in seen)
    effective = share * (1 - share) / variance if variance > 0 else float(reviewed)
    effective = min(effective, float(reviewed))
    positive = share * effective
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, positive, effective - positive + 1)) if positive > 0 else 0.0
    high = float(beta.ppf(1 - tail, positive + 1, effective - positive)) if positive < effective else 1.0
    return Estimate(share, low, high, reviewed, population / sum(one.population for one in strata))


def _variance(stratum: Reviewed, population: int) -> float:
    """Return what a stratum adds to the variance of the share; one exchange says nothing of how much they differ."""
    if stratum.reviewed < 2:  # noqa: PLR2004
        return 0.0
    found = stratum.unjustified / stratum.reviewed
    left = 1 - stratum.reviewed / stratum.population
    return float((stratum.population / population) ** 2 * left * found * (1 - found) / (stratum.reviewed - 1))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two reviewers of the same exchange judged the same, and Cohen's kappa: how far beyond chance.

    ``kappa`` is ``None`` when both always said one and the same thing, of which chance would make as much.
    """

    pairs: int
    same: int
    kappa: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return the agreement of pairs of judgements (Cohen, "A coefficient of agreement for nominal scales", 1960)."""
    same = sum(first == second for first, second in pairs)
    if not pairs:
        return Agreement(0, 0, None)
    count = len(pairs)
    judgements = {judgement for pair in pairs for judgement in pair}
    chance = sum(
        sum(first == one for first, _ in pairs) * sum(second == one for _, second in pairs) for one in judgements
    ) / (count * count)
    return Agreement(count, same, None if chance == 1 else (same / count - chance) / (1 - chance))
