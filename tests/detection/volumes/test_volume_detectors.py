"""Unusual volumes are seen within two hours, quiet days stay quiet, and what was announced is no alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from compliance.detection.detectors.baseline import Baseline, PlannedEvent
from compliance.detection.detectors.volumes.listed import VOLUMES
from compliance.detection.sentences import sentence
from tests.detection.volumes.hours import CALENDAR, DAY, counts, given

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

BY_ID = {detector.id: detector for detector in VOLUMES}


def seen(detector: str, window: Window, baseline: Baseline) -> list[Finding]:
    return list(BY_ID[detector].detect(window, baseline, BY_ID[detector].settings()))


def on_the_day(partner: str, hours: range, factor: float) -> Callable[[str, date, int, int], int]:
    return lambda who, day, hour, count: (
        round(count * factor) if (who, day) == (partner, DAY) and hour in hours else count
    )


@pytest.mark.parametrize(("detector", "factor"), [("spike", 4.0), ("spike", 2.5), ("silence", 0.0), ("dip", 0.05)])
def test_trouble_is_seen_within_two_hours(detector: str, factor: float) -> None:
    every = counts(change=on_the_day("VDAB", range(10, 13), factor))

    (finding,) = seen(detector, *given(every, until=12))

    assert finding.partner == "VDAB"
    assert finding.begins >= datetime(2016, 6, 15, 6, tzinfo=UTC)
    assert finding.ends == datetime(2016, 6, 15, 10, tzinfo=UTC)


def test_a_rise_of_errors_is_seen_within_two_hours() -> None:
    every = counts(failed=lambda who, day, hour: 0.2 if (who, day) == ("VMSW", DAY) and hour >= 10 else 0.02)

    (finding,) = seen("error-share", *given(every, until=12))

    assert (finding.partner, finding.facts["outcome"]) == ("VMSW", "failed")


@pytest.mark.parametrize("seed", [2, 3, 4])
@pytest.mark.parametrize("detector", sorted(BY_ID))
def test_an_ordinary_day_is_no_finding(detector: str, seed: int) -> None:
    assert not [one for one in seen(detector, *given(counts(seed=seed))) if (one.tail or 0) < 1e-4]


def test_a_holiday_without_anybody_is_no_silence() -> None:
    holidays = replace(CALENDAR, holidays=CALENDAR.holidays | {DAY})
    every = counts(change=lambda _, day, hour, count: 0 if day == DAY and hour != 2 else count)

    assert seen("silence", *given(every, calendar=holidays)) == []
    assert len(seen("silence", *given(every))) == 3


def test_what_was_announced_is_kept_with_its_name_and_is_no_alarm() -> None:
    event = PlannedEvent(
        name="Bulk reconciliation",
        begins=datetime(2016, 6, 15, tzinfo=UTC),
        ends=datetime(2016, 6, 16, tzinfo=UTC),
        partner="VDAB",
    )
    every = counts(change=on_the_day("VDAB", range(10, 13), 6.0))

    (finding,) = seen("spike", *given(every, calendar=replace(CALENDAR, events=(event,))))

    assert (finding.tail, finding.score, finding.facts["event"]) == (1.0, 0.0, "Bulk reconciliation")


def test_another_level_and_a_slow_drift_are_told_once() -> None:
    since = DAY - timedelta(days=9)
    shifted = counts(change=lambda who, day, _, count: count * 2 if who == "VDAB" and day >= since else count)
    told = []
    for n in range(9, -1, -1):
        last = DAY - timedelta(days=n)
        window, baseline = given(shifted.filter(shifted["hour"] < datetime(2016, 6, 15, 22, tzinfo=UTC)))
        begins, ends = window.begins - timedelta(days=n), window.ends - timedelta(days=n)
        of_day = shifted.filter((shifted["hour"] >= begins) & (shifted["hour"] < ends))
        before = replace(baseline, counts=shifted.filter(shifted["hour"] < begins))
        told += seen(
            "level-shift", replace(window, day=last, begins=begins, ends=ends, until=ends, counts=of_day), before
        )

    assert [one.partner for one in told] == ["VDAB"]
    assert told[0].facts["kind"] == "up"


def test_a_partner_of_the_first_days_is_not_judged_yet() -> None:
    young = counts(change=lambda who, day, _, count: 0 if who == "VMSW" and day < DAY - timedelta(days=2) else count)

    assert [one for one in seen("spike", *given(young)) if one.partner == "VMSW"] == []


def test_without_history_nothing_is_said() -> None:
    window, _ = given(counts())

    assert all(list(detector.detect(window, Baseline(), detector.settings())) == [] for detector in VOLUMES)


def test_the_same_again_gives_the_same() -> None:
    every = counts(change=on_the_day("VDAB", range(10, 13), 4.0))

    assert [one.key for one in seen("spike", *given(every))] == [one.key for one in seen("spike", *given(every))]


def test_every_finding_has_a_sentence() -> None:
    every = counts(
        change=on_the_day("VDAB", range(10, 13), 4.0),
        failed=lambda who, day, _: 0.4 if (who, day) == ("VMSW", DAY) else 0.02,
    )
    told = [one for detector in BY_ID for one in seen(detector, *given(every))]

    assert {one.detector for one in told} >= {"spike", "error-share", "outcome-mix"}
    assert all(one.partner in sentence(one.detector, one.facts) for one in told)


def test_the_more_the_less_likely() -> None:
    tails = [
        seen("spike", *given(counts(change=on_the_day("VDAB", range(10, 13), by))))[0].tail or 0.0 for by in (3, 5, 9)
    ]

    assert all(later < earlier for earlier, later in pairwise(tails))
