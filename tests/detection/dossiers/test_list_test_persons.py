"""Promises of the list of what is used for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from compliance.detection.models import ApplicationForTests, PersonForTests
from compliance.detection.reading.register import read_register
from compliance.exchanges.people import person_lookup
from compliance.kernel.pseudonyms import short
from tests.detection.rules.days import DAY
from tests.exchanges.world import INSZ, OTHER_INSZ

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("register")


def _file(path: Path, *rows: str) -> str:
    path.write_text("\n".join(["person,application,partner", *rows]))
    return str(path)


def test_test_persons_are_listed_as_pseudonyms_and_known_to_detectors(tmp_path: Path) -> None:
    listed = _file(tmp_path / "tests.csv", f"{INSZ},,", "local:u-1,,VDAB", ",Proefloket,")
    call_command("load_test_persons", listed)
    call_command("load_test_persons", listed)

    persons = {short(person_lookup("", "insz", INSZ)), short(person_lookup("VDAB", "local", "u-1"))}
    assert set(PersonForTests.objects.values_list("person", flat=True)) == persons
    baseline = read_register(DAY)
    assert baseline.test_persons == frozenset(persons)
    assert baseline.test_applications == frozenset({"Proefloket"})


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("12345678901,,", r"line 3, person/value: .*eleven digits"),
        ("local:u-1,,", r"line 3, partner"),
        (f"{OTHER_INSZ},Proefloket,", r"line 3, person: Name a person or an application"),
    ],
)
def test_a_list_with_an_error_says_where_and_lists_nothing(tmp_path: Path, row: str, error: str) -> None:
    with pytest.raises(CommandError, match=error) as refused:
        call_command("load_test_persons", _file(tmp_path / "tests.csv", f"{INSZ},,", row))
    assert "12345678901" not in str(refused.value)
    assert not PersonForTests.objects.exists()
    assert not ApplicationForTests.objects.exists()
