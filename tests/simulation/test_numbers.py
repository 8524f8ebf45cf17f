"""Every number of a person in tests and demonstration belongs to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import bis, nn, ssn

from compliance.kernel.identifiers import normal_insz
from compliance.simulation.numbers import (
    ADULT_NUMBERS,
    MINOR_NUMBERS,
    is_synthetic,
    synthetic_insz,
    synthetic_minor_insz,
)

if TYPE_CHECKING:
    from compliance.exchanges.submission import Submission

adults = st.integers(0, ADULT_NUMBERS - 1).map(synthetic_insz)
minors = st.integers(0, MINOR_NUMBERS - 1).map(synthetic_minor_insz)


@given(st.one_of(adults, minors))
def test_a_synthetic_number_is_a_valid_bis_number_that_the_intake_accepts(number: str) -> None:
    assert ssn.guess_type(number) == "bis"
    assert bis.validate(number) == normal_insz(number) == number


@given(st.one_of(adults, minors))
def test_a_synthetic_number_is_born_on_a_day_that_no_calendar_has(number: str) -> None:
    assert is_synthetic(number)
    assert number[4:6] == "99"
    assert bis.get_birth_date(number) is None
    assert not nn.is_valid(number)


def test_there_are_enough_numbers_and_no_two_are_the_same() -> None:
    assert ADULT_NUMBERS >= 400_000
    everybody = {synthetic_insz(n) for n in range(ADULT_NUMBERS)} | {
        synthetic_minor_insz(n) for n in range(MINOR_NUMBERS)
    }
    assert len(everybody) == ADULT_NUMBERS + MINOR_NUMBERS


def test_minors_are_minors_and_adults_are_adults_in_2016() -> None:
    assert {bis.get_birth_year(synthetic_minor_insz(n)) for n in range(0, MINOR_NUMBERS, 97)} == set(range(1999, 2016))
    assert {bis.get_birth_year(synthetic_insz(n)) for n in range(0, ADULT_NUMBERS, 97)} == set(range(1946, 1998))


@pytest.mark.parametrize("n", [-1, ADULT_NUMBERS])
def test_beyond_the_range_there_is_no_number(n: int) -> None:
    with pytest.raises(ValueError, match="none of them"):
        synthetic_insz(n)


def test_all_persons_of_the_replay_have_synthetic_numbers(year: list[Submission]) -> None:
    numbers = {subject.value for report in year for subject in report.subjects}
    numbers |= {report.asker.user.value for report in year if report.asker.user and report.asker.user.kind == "insz"}
    assert len(numbers) > 1_000
    assert all(is_synthetic(number) and ssn.is_valid(number) for number in numbers)
