"""What every rule promises: the same in gives the same out, in whatever order it came, late or on time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.detection.detectors.baseline import DOSSIERS, Baseline, Cover
from compliance.detection.detectors.rules.listed import RULES
from compliance.detection.sentences import SENTENCES
from tests.detection.rules.days import DAY, MORNING, Row, exchange, found, said
from tests.properties import patient

if TYPE_CHECKING:
    from random import Random

    from compliance.detection.detectors.detector import Detector

_BASELINE = Baseline(
    dossiers=pl.DataFrame(
        [{"partner": "VDAB", "person": 3, "dossier": 30, "opened": date(2015, 1, 1), "closed": date(2015, 6, 1)}],
        schema=DOSSIERS,
    ),
    feeding=frozenset({"VDAB"}),
    test_persons=frozenset({5}),
    sensitive=frozenset({"HEALTH"}),
    covers=(
        Cover(
            authorisation="VTC-VB-2014-01/2",
            partner="VDAB",
            ends=datetime(2016, 5, 20, tzinfo=UTC),
            services=frozenset(),
            ceilings=(("day", 2),),
            used={"day": 3},
        ),
    ),
)
_TOLD: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "partner": st.sampled_from(["VDAB", "VMSW"]),
        "outcome": st.sampled_from(["succeeded", "unanswered", "requested", "refused"]),
        "trigger": st.sampled_from(["manual", "automatic"]),
        "user": st.sampled_from([7, 8]),
        "person": st.sampled_from([None, 1, 2, 3, 5]),
        "dossier": st.sampled_from([None, 30, 31]),
        "reference": st.sampled_from(["A", "B", "C-TEST", "D", "E", "F"]),
        "sequence": st.sampled_from([None, 1, 2, 5, 9]),
        "decision": st.sampled_from(["", "matches", "denied", "differs/route", "not-ours"]),
        "delivered": st.sampled_from(["", "HEALTH", "HEALTH,IDENTIFICATION", "IDENTIFICATION"]),
        "requested": st.sampled_from(["", "IDENTIFICATION"]),
        "verdict_reasons": st.sampled_from(
            [
                ("covered", ""),
                ("expired", "expired"),
                ("no-authorisation", "no-authorisation"),
                ("category-outside", "category-outside/HEALTH"),
                ("condition-broken", "condition-broken/ceiling"),
            ]
        ),
        "delay": st.sampled_from([-60.0, 2.0, 40_000.0]),
        "hours": st.integers(0, 13),
    }
)


def _row(number: int, told: dict[str, Any]) -> Row:
    verdict, reasons = told["verdict_reasons"]
    rest = {name: value for name, value in told.items() if name not in {"verdict_reasons", "hours"}}
    at = MORNING + timedelta(hours=told["hours"], seconds=number)
    return exchange(number, at=at, verdict=verdict, reasons=reasons, **rest)


_few = settings(patient, max_examples=12)


@pytest.mark.parametrize("detector", RULES, ids=lambda one: one.id)
@_few
@given(told=st.lists(_TOLD, max_size=30), chance=st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(detector: Detector, told: list[dict[str, Any]], chance: Random) -> None:
    rows = [_row(number, one) for number, one in enumerate(told)]
    first = found(detector, rows, _BASELINE)
    chance.shuffle(rows)
    assert found(detector, rows, _BASELINE) == first


@pytest.mark.parametrize("detector", RULES, ids=lambda one: one.id)
@_few
@given(told=st.lists(_TOLD, max_size=30))
def test_findings_are_counted_within_the_day_and_their_keys_differ(
    detector: Detector, told: list[dict[str, Any]]
) -> None:
    rows = [_row(number, one) for number, one in enumerate(told)]
    findings = found(detector, rows, _BASELINE)
    identifiers = {row["exchange"] for row in rows}
    assert len({one.key for one in findings}) == len(findings)
    for one in findings:
        assert 0 <= one.score <= 1
        assert set(one.evidence) <= identifiers
        assert len(one.evidence) <= min(50, one.exchanges)
        assert one.begins <= one.ends
        assert one.begins.date() == DAY
        assert not re.search(r"%|(^| )-[ ,.:]", said(one))


@pytest.mark.parametrize("detector", RULES, ids=lambda one: one.id)
def test_a_day_without_traffic_breaks_no_rule_and_every_rule_has_its_words(detector: Detector) -> None:
    assert not found(detector, [])
    assert any(name.partition("/")[0] == detector.id for name in SENTENCES)
