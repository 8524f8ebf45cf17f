"""Small counts are never shown, and cannot be worked out from what is."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from compliance.reporting.protocols.suppression import SMALLEST, by_year, shown_counts
from tests.properties import patient

months = st.builds(date, st.integers(2018, 2021), st.integers(1, 12), st.just(1))
small = st.integers(0, SMALLEST - 1)
counts = st.dictionaries(months, small | st.integers(0, 40) | st.integers(0, 10**6))


@patient
@given(counts, st.randoms(use_true_random=False))
def test_any_other_small_counts_would_look_exactly_the_same(told: dict[date, int], chance: object) -> None:
    other = {
        month: count if count >= SMALLEST else chance.randrange(SMALLEST)  # type: ignore[attr-defined]
        for month, count in told.items()
    }
    assert shown_counts(told) == shown_counts(other)
    assert by_year(shown_counts(told)) == by_year(shown_counts(other))


@patient
@given(counts)
def test_what_is_shown_is_true_and_leaves_no_month_out(told: dict[date, int]) -> None:
    shown = shown_counts(told)
    assert [one.month for one in shown.months] == sorted(told)
    for one in shown.months:
        assert one.exchanges == told[one.month] if one.exchanges is not None else told[one.month] < SMALLEST
    assert shown.at_least <= sum(told.values()) <= shown.at_least + (SMALLEST - 1) * shown.hidden
    assert sum(year.at_least for year in by_year(shown).values()) == shown.at_least


@patient
@given(st.dictionaries(months, st.integers(SMALLEST, 10**6)))
def test_a_total_without_small_counts_is_exact(told: dict[date, int]) -> None:
    shown = shown_counts(told)
    assert (shown.at_least, shown.hidden) == (sum(told.values()), 0)
