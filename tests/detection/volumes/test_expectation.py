"""An expectation is honest: it rests on the days before, and its band holds what it says it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.detection.detectors.volumes.expectation import COVERAGE, Grain, expect
from compliance.detection.detectors.volumes.series import Series
from tests.detection.volumes.hours import CALENDAR, DAY, FIRST, counts

UNTIL = datetime(2016, 6, 15, 22, tzinfo=UTC)
EVERY = counts()


def expected(every: pl.DataFrame, *, first: date = DAY, last: date = DAY, grain: Grain = Grain.HOUR) -> pl.DataFrame:
    return expect(
        counts=every, series=Series("VDAB"), first=first, last=last, calendar=CALENDAR, until=UNTIL, grain=grain
    )


@pytest.mark.parametrize("grain", list(Grain))
def test_the_band_holds_what_it_says(grain: Grain) -> None:
    frame = expected(EVERY, first=FIRST + timedelta(days=21), grain=grain).drop_nulls()
    within = frame.filter(pl.col("observed").is_between(pl.col("low"), pl.col("high"))).height / frame.height

    assert within >= COVERAGE - 0.03
    assert frame.filter(pl.col("low") > pl.col("expected")).is_empty()
    assert frame.filter(pl.col("high") + 1 < pl.col("expected")).is_empty()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 500), st.integers(0, 23))
def test_what_a_day_brings_changes_nothing_of_what_it_should_have_brought(count: int, hour: int) -> None:
    at = datetime(2016, 6, 14, 22, tzinfo=UTC) + timedelta(hours=hour)
    of_then = (pl.col("partner") == "VDAB") & (pl.col("hour") == at)
    other = EVERY.with_columns(count=pl.when(of_then).then(count).otherwise("count"))

    assert expected(other).drop("observed").equals(expected(EVERY).drop("observed"))


def test_an_hour_of_the_day_is_part_of_its_day() -> None:
    hours, days = expected(EVERY), expected(EVERY, grain=Grain.DAY)

    assert hours["expected"].sum() == pytest.approx(days["expected"].item())
    assert hours["observed"].sum() == days["observed"].item()


def test_a_weekend_is_expected_to_be_a_weekend() -> None:
    frame = expected(EVERY, first=date(2016, 6, 10), last=date(2016, 6, 11), grain=Grain.DAY)

    assert frame["expected"][1] < 0.3 * frame["expected"][0]


def test_the_day_on_which_clocks_go_forward_has_23_hours() -> None:
    spring = counts(date(2016, 3, 1), date(2016, 3, 27))
    frame = expect(
        counts=spring,
        series=Series("VDAB"),
        first=date(2016, 3, 27),
        last=date(2016, 3, 27),
        calendar=CALENDAR,
        until=datetime(2016, 3, 27, 22, tzinfo=UTC),
    )

    assert frame.height == 23
    assert frame["observed"].null_count() == 0


def test_what_is_not_known_yet_is_not_zero() -> None:
    frame = expect(
        counts=EVERY,
        series=Series("VDAB"),
        first=DAY,
        last=DAY,
        calendar=CALENDAR,
        until=datetime(2016, 6, 15, 10, tzinfo=UTC),
    )

    assert frame["observed"].null_count() == 12
    assert frame["expected"].null_count() == 0


def test_a_series_is_written_as_it_is_read() -> None:
    series = Series("VDAB", service="KBI-DOSSIER", outcome="failed")

    assert Series.read(str(series)) == series
    with pytest.raises(ValueError, match="nothing"):
        Series.read("nothing")
