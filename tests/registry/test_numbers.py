"""Numbers of organisations are checked by their check digits."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from compliance.registry.models import Organisation
from compliance.registry.validators import check_kbo_number, check_ovo_code


def kbo(stem: int) -> str:
    return f"{stem:08}{97 - stem % 97:02}"


@given(st.integers(2_000_000, 9_999_999))
def test_a_number_with_its_check_digits_is_taken(stem: int) -> None:
    check_kbo_number(kbo(stem))


@given(st.integers(2_000_000, 9_999_999), st.integers(1, 96))
def test_a_number_with_other_check_digits_is_refused(stem: int, off: int) -> None:
    right = 97 - stem % 97
    wrong = (right - 1 + off) % 97 + 1
    with pytest.raises(ValidationError):
        check_kbo_number(f"{stem:08}{wrong:02}")


@pytest.mark.parametrize("number", ["0887.010.362", "BE0887010362", "887010362", " 0887010362", "0887010363", "", "x"])
def test_only_ten_digits_are_a_number(number: str) -> None:
    with pytest.raises(ValidationError):
        check_kbo_number(number)


@pytest.mark.parametrize("code", ["OVO12345", "ovo001835", "OVO0018355", "001835", "OVO001835\n"])
def test_a_wrong_ovo_code_is_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        check_ovo_code(code)


@pytest.mark.django_db
def test_every_number_in_the_register_is_right() -> None:
    numbered = Organisation.objects.exclude(kbo_number="")
    for organisation in numbered:
        check_kbo_number(organisation.kbo_number)
    assert numbered.filter(code__in=("VDAB", "VMSW", "OCMW-GENT", "AGII", "KSZ")).count() == 5
