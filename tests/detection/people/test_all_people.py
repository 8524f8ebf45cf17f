"""What every detector of people promises: order and arrival change nothing, nor does what happens elsewhere."""

from __future__ import annotations

from random import Random

import pytest

from compliance.detection.detectors.baseline import Baseline
from compliance.detection.detectors.people.listed import PEOPLE
from compliance.detection.sentences import SENTENCES
from tests.detection.people.desk import (
    STRANGERS,
    Row,
    client,
    found,
    look_up,
    ordinary,
    past,
    said,
    strangers,
    window_of,
)

MISUSE: dict[str, list[Row]] = {
    "same-person-again": [look_up(7, STRANGERS, at=9 + n) for n in range(8)],
    "without-dossiers": strangers(7, 12),
    "name-search": [
        look_up(7, STRANGERS + n, at=14 + n / 60, search_keys="insz" if n else "name-birth-date") for n in range(9)
    ],
    "enumeration": [look_up(7, STRANGERS + n, at=9 + n / 60, number_range=5) for n in range(9)],
    "dormant-user": [],
    "first-use": [look_up(7, client(7, 2), service="KBI-MUTATIE")],
    "sought-person": [look_up(user, STRANGERS, at=9 + user / 10) for user in range(1, 9)],
    "own-file": [look_up(7, 7)],
    "unlike-peers": [look_up(7, client(user, n), at=9 + n / 10) for user in range(8, 13) for n in range(30)],
    "unexplained-off-hours": strangers(7, 4, at=22.0),
}
NAMES = [detector.id for detector in PEOPLE if MISUSE[detector.id]]


@pytest.mark.parametrize("name", NAMES)
def test_the_order_in_which_rows_arrive_changes_nothing(name: str) -> None:
    rows = ordinary() + MISUSE[name]
    first = found(name, rows)
    assert first
    for seed in (1, 2):
        Random(seed).shuffle(rows)  # noqa: S311
        assert found(name, rows) == first


@pytest.mark.parametrize("name", NAMES)
def test_a_row_that_comes_late_gives_what_it_would_have_given_in_time(name: str) -> None:
    rows = ordinary() + MISUSE[name]
    found(name, rows[:-1])
    assert found(name, rows) == found(name, [rows[-1], *rows[:-1]])


@pytest.mark.parametrize("name", NAMES)
def test_what_another_partner_does_changes_nothing_for_the_finding(name: str) -> None:
    rows = ordinary() + MISUSE[name]
    elsewhere = [
        look_up(user, STRANGERS + 5_000 + user, partner="VMSW", at=9 + user / 30, dossier=user)
        for user in range(101, 131)
    ]
    assert found(name, rows + elsewhere) == found(name, rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_can_be_said_and_names_no_person(name: str) -> None:
    for one in found(name, ordinary() + MISUSE[name]):
        assert f"{one.detector}/{one.facts.get('kind')}" in SENTENCES or one.detector in SENTENCES
        assert "%" not in said(one)
        assert " - " not in said(one)
        assert not {STRANGERS, 7_002} & set(one.facts.values())
        assert 0 <= one.score <= 1
        assert 0 < len(one.evidence) <= min(50, one.exchanges)


@pytest.mark.parametrize("name", MISUSE)
def test_an_empty_day_gives_nothing_and_a_first_day_can_be_looked_at(name: str) -> None:
    assert not found(name, [])
    assert all(one.detector == name for one in found(name, ordinary() + MISUSE[name], Baseline()))


def test_the_same_window_is_looked_at_once_and_gives_the_same_each_time() -> None:
    window = window_of(ordinary() + strangers(7, 12), past())
    for detector in PEOPLE:
        assert list(detector.detect(window, past(), detector.settings())) == list(
            detector.detect(window, past(), detector.settings())
        )
