"""Promises about numbers of persons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.kernel.identifiers import holds_insz, normal_insz
from compliance.simulation.numbers import ADULT_NUMBERS, synthetic_insz

numbers = st.integers(min_value=0, max_value=ADULT_NUMBERS - 1).map(synthetic_insz)


@given(numbers)
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    printed = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"

    assert normal_insz(number) == normal_insz(printed) == number


@given(numbers, st.integers(min_value=1, max_value=96))
def test_wrong_check_digits_are_refused(number: str, off: int) -> None:
    assert normal_insz(f"{number[:9]}{(int(number[9:]) + off) % 97:02d}") in {None, number}


@given(numbers)
def test_a_national_number_in_a_reference_is_seen(number: str) -> None:
    printed = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"

    for text in (number, f"dossier/{number}", f"{number}-2016", f"zie {printed}", f"a|{number}|b"):
        assert holds_insz(text)


@pytest.mark.parametrize(
    "text", ["", "VDAB-2016-000001", "6f1e3b9a-0000-4000-8000-000000000001", "20160301091403120", "12345678901"]
)
def test_an_ordinary_reference_is_not_taken_for_a_person(text: str) -> None:
    assert not holds_insz(text)
