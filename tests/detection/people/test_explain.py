"""Why somebody may have been looked up: by a dossier, by a colleague's work, by a machine's purpose, or by nothing."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest

from compliance.detection.detectors.baseline import DOSSIERS, PAIRS
from compliance.detection.detectors.explain import LARGEST_TEAM, explain
from compliance.detection.detectors.window import TRAFFIC

DAY = date(2016, 5, 12)
ME, COLLEAGUE, PERSON = 1, 2, 1_000
_ROW: dict[str, Any] = {
    "partner": "VDAB",
    "purpose": "JOB-MEDIATION",
    "trigger": "manual",
    "environment": "production",
    "user": ME,
    "person": PERSON,
    "group": "team 3",
}


def states(
    *rows: dict[str, Any], dossiers: list[dict[str, Any]] | None = None, pairs: list[dict[str, Any]] | None = None
) -> list[str | None]:
    """Return how these look-ups are explained, where VDAB feeds its dossiers in."""
    traffic = pl.DataFrame([{name: (_ROW | row).get(name) for name in TRAFFIC} for row in rows], schema=TRAFFIC)
    held = [{"partner": "VDAB", "person": PERSON, "opened": date(2016, 1, 1), **each} for each in dossiers or []]
    past = [
        {"partner": "VDAB", "group": "team 3", "day": DAY - timedelta(days=9), "look_ups": 1, "direct": 1, **each}
        for each in pairs or []
    ]
    return explain(
        traffic,
        dossiers=pl.DataFrame([{name: each.get(name) for name in DOSSIERS} for each in held], schema=DOSSIERS),
        feeding={"VDAB"},
        batch_purposes={"CERTIFICATION"},
        day=DAY,
        pairs=pl.DataFrame([{name: each.get(name) for name in PAIRS} for each in past], schema=PAIRS),
    ).to_list()


def test_an_open_dossier_of_the_person_explains_directly() -> None:
    assert states({}, dossiers=[{}]) == ["direct"]
    assert states({}) == ["none"]


@pytest.mark.parametrize(
    "dossier",
    [
        {"closed": DAY},
        {"opened": DAY + timedelta(days=1)},
        {"person": PERSON + 1},
        {"partner": "VMSW"},
    ],
    ids=["closed", "not yet open", "of another", "elsewhere"],
)
def test_a_dossier_that_is_not_of_this_person_here_and_now_does_not(dossier: dict[str, Any]) -> None:
    assert states({}, dossiers=[dossier]) == ["none"]


def test_a_reference_explains_only_where_dossiers_are_not_fed_in() -> None:
    assert states({"dossier": 5}) == ["none"]
    assert states({"dossier": 5, "partner": "VMSW"}) == ["direct"]
    assert states({"partner": "VMSW"}) == ["none"]


def test_a_dossier_that_closed_lately_explains_its_holder_and_the_holders_team() -> None:
    closed = {"closed": DAY - timedelta(days=30), "holder": COLLEAGUE, "team": "team 3"}
    assert states({}, {"user": COLLEAGUE, "group": None}, {"user": 3, "group": "team 4"}, dossiers=[closed]) == [
        "team",
        "team",
        "none",
    ]
    assert states({}, dossiers=[closed | {"closed": DAY - timedelta(days=91)}]) == ["none"]


def test_a_look_up_with_a_dossier_by_somebody_of_the_team_explains_for_ninety_days() -> None:
    assert states({}, pairs=[{"user": COLLEAGUE, "person": PERSON}]) == ["team"]
    old = {"user": COLLEAGUE, "person": PERSON, "day": DAY - timedelta(days=91)}
    assert states({}, pairs=[old]) == ["none"]
    assert states({}, pairs=[{"user": COLLEAGUE, "person": PERSON, "direct": 0, "unexplained": 1}]) == ["none"]
    assert states({"partner": "VMSW", "group": "team 3"}, pairs=[{"user": COLLEAGUE, "person": PERSON}]) == ["none"]


def test_what_a_colleague_explains_explains_nobody_else() -> None:
    assert states(
        {},
        {"user": 3, "group": "team 4"},
        pairs=[
            {"user": COLLEAGUE, "person": PERSON},
            {"user": ME, "person": PERSON, "direct": 0, "group": "team 4"},
        ],
    ) == ["team", "none"]


def test_a_job_that_hundreds_have_is_no_team() -> None:
    crowd = [{"user": 100 + n, "person": 5_000 + n, "group": "bemiddelaar"} for n in range(LARGEST_TEAM + 1)]
    looked = {"user": COLLEAGUE, "person": PERSON, "group": "bemiddelaar"}
    assert states({"group": "bemiddelaar"}, pairs=[*crowd, looked]) == ["none"]


def test_who_shares_work_is_a_colleague_whatever_the_group_is_called() -> None:
    shared = [{"user": user, "person": 7_000 + n, "group": None} for user in (ME, COLLEAGUE) for n in range(2)]
    looked = {"user": COLLEAGUE, "person": PERSON, "group": None}
    assert states({"group": None}, pairs=[*shared, looked]) == ["team"]
    assert states({"group": None}, pairs=[*shared[::2], looked]) == ["none"]
    # Two of a hundred clients in common is what a large desk gives by itself.
    many = [{"user": ME, "person": 8_000 + n, "group": None} for n in range(100)]
    assert states({"group": None}, pairs=[*shared, looked, *many]) == ["none"]


def test_machines_are_explained_by_a_registered_purpose_and_are_otherwise_no_look_up() -> None:
    machine = {"trigger": "automatic", "user": None}
    assert states(machine | {"purpose": "CERTIFICATION"}, machine) == ["role", None]


def test_tests_and_exchanges_about_nobody_are_no_look_up() -> None:
    assert states({"environment": "test"}, {"person": None}, {"user": None}) == [None, None, None]


def test_each_row_keeps_its_own_explanation_in_whatever_order_they_stand() -> None:
    rows = [{"person": PERSON + n % 7, "user": n % 5 or None} for n in range(60)]
    dossiers = [{"person": PERSON + n} for n in (0, 3)]
    expected = {
        (row["user"], row["person"]): state for row, state in zip(rows, states(*rows, dossiers=dossiers), strict=True)
    }
    Random(3).shuffle(rows)  # noqa: S311
    again = states(*rows, dossiers=dossiers)
    assert [expected[row["user"], row["person"]] for row in rows] == again
    assert set(again) == {None, "direct", "none"}
