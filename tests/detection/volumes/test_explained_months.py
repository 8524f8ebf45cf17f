"""The swings of 2016 come out with an explanation each, those too that the answer does not mention."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from datetime import date
from importlib.resources import files

import holidays
import pytest
from django.core.management import call_command

from compliance.detection.detectors.baseline import Calendar
from compliance.detection.detectors.volumes.month_reasons import Explained, Note, Reason, explain
from compliance.detection.detectors.volumes.school_calendar import school_holidays
from compliance.detection.explain_months import explain_months

CALENDAR = Calendar(
    holidays=frozenset(holidays.country_holidays("BE", years=2016)), school_holidays=school_holidays([2016])
)
TECHNICAL = (
    "Technical trouble in the exchange between KBI-MAGDA and VDAB explains the swings in the number of exchanges."
)


def published() -> dict[str, dict[date, int]]:
    text = files("compliance.registry") / "fixture" / "answer-321-2017" / "exchanges-2016-monthly.csv"
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for row in csv.DictReader(io.StringIO(text.read_text("utf-8"))):
        found[row["partner"]][date.fromisoformat(f"{row['month']}-01")] = int(row["exchanges"])
    return found


def explained(connected: dict[str, date] | None = None) -> dict[tuple[str, int], Explained]:
    vdab = Note(partner="VDAB", begins=date(2016, 1, 1), ends=date(2017, 1, 1), text=TECHNICAL)
    found = explain(
        published(),
        calendar=CALENDAR,
        notes=[vdab],
        with_schools=frozenset({"CVO-CBE", "AHOVOKS"}),
        connected=connected,
    )
    return {(one.partner, one.month.month): one for one in found}


def test_vdab_s_swings_are_explained_in_the_words_of_the_answer() -> None:
    found = explained()

    assert {month for partner, month in found if partner == "VDAB"} >= {3, 4, 6, 10, 11, 12}
    assert {one.words for (partner, _), one in found.items() if partner == "VDAB"} == {TECHNICAL}


def test_september_at_the_centres_for_adults_is_explained_by_enrolment() -> None:
    found = explained()

    assert found["CVO-CBE", 9].reason is Reason.ENROLMENT
    assert found["CVO-CBE", 9].is_up
    assert [month for partner, month in found if partner == "CVO-CBE"] == [9]


def test_july_at_ahovoks_is_explained_by_the_vacation() -> None:
    found = explained()

    assert found["AHOVOKS", 7].reason is Reason.VACATION
    assert not found["AHOVOKS", 7].is_up
    assert [month for partner, month in found if partner == "AHOVOKS"] == [7]


def test_what_nobody_explained_is_said_to_be_unexplained() -> None:
    assert {month for (partner, month), one in explained().items() if one.reason is Reason.NONE} == {1, 2, 3}


def test_a_partner_that_was_just_connected_is_explained_by_that() -> None:
    found = explained(connected={"VMSW": date(2016, 1, 15)})

    assert found["VMSW", 1].reason is found["VMSW", 2].reason is Reason.CONNECTED
    assert found["VMSW", 3].reason is Reason.NONE


@pytest.mark.django_db
def test_the_register_and_the_published_figures_give_the_same() -> None:
    call_command("load_register", stdout=io.StringIO())
    found = {(one.partner, one.month.month): one.reason for one in explain_months(year=2016)}

    assert found["VDAB", 4] is Reason.FOOTNOTE
    assert found["CVO-CBE", 9] is Reason.ENROLMENT
    assert found["AHOVOKS", 7] is Reason.VACATION


@pytest.mark.django_db
def test_the_command_prints_them() -> None:
    call_command("load_register", stdout=io.StringIO())
    out, told = io.StringIO(), io.StringIO()
    call_command("explain_months", "--partner", "CVO-CBE", stdout=out)
    call_command("explain_months", "--json", stdout=told)

    assert "2016-09 CVO-CBE: 2,081,340 exchanges" in out.getvalue()
    assert "Courses began" in out.getvalue()
    assert {one["reason"] for one in json.loads(told.getvalue()) if one["partner"] == "VDAB"} == {"footnote"}
