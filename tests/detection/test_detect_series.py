"""Any series can be scored, and what is said of a value never changes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.detection.detectors.series.scorer import Scorer

if TYPE_CHECKING:
    from pathlib import Path

values = st.one_of(
    st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 50).map(float), st.just(float("nan")), st.just(7.0)
)


def scored(path: Path, *arguments: str) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("detect_series", str(path), *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def wave(count: int, period: int = 24) -> np.ndarray:
    return 10 + 5 * np.sin(2 * np.pi * np.arange(count) / period) + np.random.default_rng(1).normal(0, 0.4, count)


@settings(max_examples=40, deadline=None)
@given(st.lists(values, max_size=220), st.integers(0, 220))
def test_what_comes_later_never_changes_a_score(series: list[float], cut: int) -> None:
    whole, known = np.array(series, dtype=float), np.array(series[:cut], dtype=float)

    assert (Scorer().score(whole)[: len(known)] == Scorer().score(known)).all()


@pytest.mark.parametrize("cut", [400, 777, 1_001, 1_999])
def test_a_long_series_that_is_cut_off_keeps_its_scores_to_the_last_digit(cut: int) -> None:
    series = wave(2_000)

    assert (Scorer(hints=(24,)).score(series)[:cut] == Scorer(hints=(24,)).score(series[:cut])).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(values, max_size=150))
def test_a_score_lies_between_0_and_1_and_what_is_missing_scores_0(series: list[float]) -> None:
    scores = Scorer().score(np.array(series, dtype=float))

    assert ((scores >= 0) & (scores <= 1)).all()
    assert (scores[np.isnan(np.array(series, dtype=float))] == 0).all()


def test_a_series_that_never_moves_is_never_unusual() -> None:
    assert Scorer().score(np.full(500, 3.5)).max() == 0


def test_a_spike_a_value_out_of_place_and_another_level_stand_out() -> None:
    series = wave(1_500)
    series[700] += 12
    series[900:904] = 5.0  # where the wave is at its height
    series[1_200:] += 15
    scores = Scorer().score(series)
    ordinary = np.sort(scores[200:690])[-5]

    assert scores[700] > ordinary
    assert scores[900:904].max() > ordinary
    assert np.median(scores[1_200:1_230]) > ordinary


def test_the_command_writes_each_line_with_its_score(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_text("timestamp,value\n2016-01-01 00:00:00,1\n2016-01-01 01:00:00,\n2016-01-01 02:00:00,2.5\n", "utf-8")

    rows = scored(path)

    assert [(row["timestamp"], row["value"]) for row in rows] == [
        ("2016-01-01 00:00:00", "1"),
        ("2016-01-01 01:00:00", ""),
        ("2016-01-01 02:00:00", "2.5"),
    ]
    assert all(0 <= float(row["anomaly_score"]) <= 1 for row in rows)


def test_the_command_writes_json_and_to_a_file(tmp_path: Path) -> None:
    path, told = tmp_path / "series.csv", tmp_path / "scores.jsonl"
    path.write_text("value,timestamp,label\n4,1,x\n5,2,y\n", "utf-8")

    call_command("detect_series", str(path), "--out", str(told), "--json")

    assert [json.loads(line)["value"] for line in told.read_text("utf-8").splitlines()] == [4, 5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("time,value\n1,2\n", "Line 1 has no column timestamp"),
        ("timestamp,value\n2016-01-01,2\nyesterday,3\n", "Line 3, column timestamp: 'yesterday'"),
        ("timestamp,value\n2016-01-01,2\n2016-01-02,many\n", "Line 3, column value: 'many'"),
        ("timestamp,value\n2016-01-02,2\n2016-01-01,3\n", "Line 3, column timestamp: '2016-01-01' lies before"),
        ("timestamp,value\n2016-01-02\n", "Line 2 has 1 columns"),
        ("timestamp,value\n2016-01-02,inf\n", "Line 2, column value: 'inf'"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_the_remedy(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "series.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(CommandError, match=told):
        scored(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.csv cannot be read"):
        scored(tmp_path / "gone.csv")
