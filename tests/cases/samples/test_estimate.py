"""What a sample says of all."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from compliance.cases.samples.allocate import allocate
from compliance.cases.samples.estimate import Reviewed, agreement, estimate

populations = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), st.integers(0, 10_000))


@given(populations, st.integers(0, 500), st.integers(0, 5))
def test_as_many_are_drawn_as_wanted_and_some_of_each(
    sizes: dict[tuple[str, str], int], wanted: int, least: int
) -> None:
    chosen = allocate(sizes, wanted=wanted, least=least)
    smallest = {stratum: min(least, size) for stratum, size in sizes.items() if size}
    assert all(smallest[stratum] <= count <= sizes[stratum] for stratum, count in chosen.items())
    assert sum(chosen.values()) == max(sum(smallest.values()), min(wanted, sum(sizes.values())))


def test_a_partner_a_hundred_times_as_large_gives_ten_times_as_many() -> None:
    chosen = allocate({("VDAB", "a"): 100_000, ("VMSW", "a"): 1_000}, wanted=110, least=0)
    assert chosen == {("VDAB", "a"): 100, ("VMSW", "a"): 10}


@pytest.mark.parametrize(("found", "of"), [(0, 60), (3, 60), (60, 60)])
def test_of_one_large_stratum_the_interval_is_that_of_clopper_and_pearson(found: int, of: int) -> None:
    seen = estimate([Reviewed(10**12, of, found)])
    assert seen is not None
    exact = binomtest(found, of).proportion_ci(method="exact")
    # The variance of a sample divides by one less than its size, so it knows one exchange less.
    assert seen.low == pytest.approx(exact.low, abs=0.003)
    assert seen.high == pytest.approx(exact.high, abs=0.003)


def test_the_true_share_lies_within_the_interval_as_often_as_is_said() -> None:
    chance = Random(7)  # noqa: S311 nothing secret
    sizes, shares = (900, 9_000, 90_000), (0.3, 0.05, 0.01)
    true = sum(size * share for size, share in zip(sizes, shares, strict=True)) / sum(sizes)
    held = 0
    for _ in range(400):
        strata = [
            Reviewed(size, 20, sum(chance.random() < share for _ in range(20)))
            for size, share in zip(sizes, shares, strict=True)
        ]
        seen = estimate(strata)
        assert seen is not None
        held += seen.low <= true <= seen.high
    assert held >= 0.93 * 400


def test_a_stratum_that_nobody_reviewed_is_told_by_what_is_covered() -> None:
    seen = estimate([Reviewed(900, 10, 0), Reviewed(100, 0, 0)])
    assert seen is not None
    assert seen.covered == 0.9
    assert estimate([Reviewed(100, 0, 0)]) is None


def test_kappa_is_what_cohen_computed() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    seen = agreement(pairs)
    assert (seen.pairs, seen.same) == (50, 35)
    assert seen.kappa == pytest.approx(0.4)


def test_two_who_always_say_the_same_one_thing_show_nothing_beyond_chance() -> None:
    assert agreement([("yes", "yes")] * 5).kappa is None
    assert agreement([]).pairs == 0
