"""Probabilities are those of scipy, and calibrated: what chance gives is as unlikely as it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from compliance.detection.detectors.tails import (
    Prior,
    beta_binomial_tail,
    beta_prior,
    gamma_poisson_tail,
    gamma_prior,
    ladder_tail,
    negative_binomial_tail,
    reached,
    score_of,
)

means = st.floats(0.01, 500)
counts = st.integers(0, 600)
shapes = st.floats(0.05, 500)


@given(counts, means)
def test_without_dispersion_a_count_is_poisson(count: int, mean: float) -> None:
    assert negative_binomial_tail(count, mean=mean) == pytest.approx(stats.poisson.sf(count - 1, mean), abs=1e-12)


@given(counts, means, st.floats(0.01, 10))
def test_a_dispersed_count_is_negative_binomial(count: int, mean: float, dispersion: float) -> None:
    size = 1 / dispersion
    expected = stats.nbinom.sf(count - 1, size, size / (size + mean))
    assert negative_binomial_tail(count, mean=mean, dispersion=dispersion) == pytest.approx(expected, abs=1e-12)


@given(st.integers(0, 60), st.integers(0, 60), shapes, shapes)
def test_a_share_is_beta_binomial(successes: int, failures: int, alpha: float, beta: float) -> None:
    trials = successes + failures
    expected = stats.betabinom.sf(successes - 1, trials, alpha, beta) if trials else float(successes <= 0)
    found = beta_binomial_tail([successes], trials=trials, alpha=alpha, beta=beta)
    assert found[0] == pytest.approx(expected, abs=1e-9, rel=1e-6)


@given(counts, st.integers(0, 200), st.floats(0.1, 50), st.floats(0.5, 40), st.floats(0.01, 40))
def test_more_is_never_likelier_than_less(count: int, past: int, exposure: float, shape: float, rate: float) -> None:
    fewer, more = gamma_poisson_tail(
        [count, count + 1], exposure=1.0, past_count=past, past_exposure=exposure, prior=Prior(shape, rate)
    )
    assert 0.0 <= more <= fewer <= 1.0


def test_priors_find_the_rates_that_many_were_drawn_from() -> None:
    chance = np.random.default_rng(1)
    rates = chance.gamma(4.0, 0.5, 4_000)
    days = chance.integers(5, 60, 4_000)
    gamma = gamma_prior(chance.poisson(rates * days), days)
    assert gamma.first / gamma.second == pytest.approx(2.0, rel=0.05)
    assert gamma.first == pytest.approx(4.0, rel=0.15)
    shares = chance.beta(2.0, 18.0, 4_000)
    beta = beta_prior(chance.binomial(days, shares), days)
    assert beta.first / beta.strength == pytest.approx(0.1, rel=0.05)
    assert beta.strength == pytest.approx(20.0, rel=0.2)


@pytest.mark.parametrize("missing", [0.03, 0.15, 0.3])
def test_what_chance_gives_is_as_unlikely_as_it_says(missing: float) -> None:
    chance = np.random.default_rng(2)
    strength = 20.0
    shares = chance.beta(missing * strength, (1 - missing) * strength, 5_000)
    past, today = chance.poisson(60, 5_000), chance.poisson(8, 5_000)
    hits = chance.binomial(past, shares)
    prior = beta_prior(hits, past)
    tails = beta_binomial_tail(
        chance.binomial(today, shares), trials=today, alpha=prior.first + hits, beta=prior.second + past - hits
    )
    for level in (0.1, 0.01, 0.001):
        assert (tails <= level).mean() <= 1.3 * level + 0.0005


def test_nobody_is_judged_without_others_or_a_past() -> None:
    for prior in (beta_prior([], []), beta_prior([0], [0]), gamma_prior([], []), gamma_prior([0, 0, 0], [1, 1, 1])):
        assert 0 < prior.first < np.inf
        assert 0 < prior.second < np.inf
    assert beta_binomial_tail([], trials=[], alpha=[], beta=[]).size == 0


def test_a_ladder_goes_on_beyond_what_was_seen_as_unlikely_as_its_last_known_step() -> None:
    climbed = reached(np.repeat([1, 2, 3], [900, 90, 10]))
    assert climbed.tolist() == [1000, 100, 10]
    tails = ladder_tail([1, 2, 3, 4, 5], climbed=climbed)
    assert tails[0] == 1.0
    assert tails[1] == pytest.approx(0.1, rel=0.02)
    assert tails[2] == pytest.approx(0.01, rel=0.1)
    assert np.all(np.diff(tails) < 0)
    assert tails[4] / tails[3] == pytest.approx(tails[3] / tails[2], rel=1e-6)


@given(st.lists(st.integers(1, 30), max_size=200))
def test_a_ladder_never_rises(steps: list[int]) -> None:
    tails = ladder_tail(np.arange(1, 40), climbed=reached(steps))
    assert np.all(np.diff(tails) <= 1e-12)
    assert np.all((tails >= 0) & (tails <= 1))


def test_a_score_grows_as_the_tail_shrinks_and_stays_in_its_bounds() -> None:
    assert score_of(1.0) == 0.0
    assert score_of(1e-5) == pytest.approx(0.5)
    assert score_of(0.0) == score_of(1e-300) == 1.0
