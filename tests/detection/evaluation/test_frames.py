"""Tables made at once say what was planted, and the simple rules and the count of what is found are right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from io import StringIO
from json import loads
from typing import Any

import polars as pl
import pytest
from django.core.management import CommandError, call_command

from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.detectors.make_window import bounds
from compliance.detection.detectors.window import COUNTS, TRAFFIC
from compliance.detection.evaluation.baselines import moving_average, x_road_metrics
from compliance.detection.evaluation.frames import moment
from compliance.detection.evaluation.match import Truth
from compliance.detection.evaluation.year import Seen, Stretch, Year
from compliance.simulation.days import days
from compliance.simulation.misuse.label import Kind

STRETCH = Stretch(seed=3, scale=Fraction(1, 40), first=95, number=40, warm=2, missing=0.15, each=2)


@cache
def year() -> tuple[Year, list[Seen]]:
    """Return a few weeks as detection sees them."""
    made = Year(STRETCH)
    return made, list(made.days())


def everything() -> pl.DataFrame:
    """Return the traffic of all these weeks, with the labels of what was planted."""
    made, seen = year()
    named = {exchange: label for day in seen for exchange, label in day.labels.items()}
    traffic = pl.concat([day.window.traffic for day in seen])
    assert made.stretch.number == len(seen)
    return traffic.with_columns(label=pl.col("exchange").replace_strict(named, default=None, return_dtype=pl.String))


def planted(kind: Kind) -> pl.DataFrame:
    """Return what was planted of a kind."""
    rows = everything().filter(pl.col("label").str.starts_with(f"{kind}/"))
    assert not rows.is_empty()
    return rows


def test_tables_have_the_columns_that_detectors_are_promised_and_stay_within_their_day() -> None:
    for seen in year()[1]:
        assert seen.window.traffic.drop("explained").schema == TRAFFIC
        assert seen.window.counts.schema == COUNTS
        begins, ends = bounds(seen.window.day)
        assert seen.window.traffic.filter((pl.col("at") < begins) | (pl.col("at") >= ends)).is_empty()
        assert seen.window.traffic["exchange"].n_unique() == seen.window.counts["count"].sum()


def test_an_exchange_is_numbered_once_and_only_what_was_lost_is_missing() -> None:
    numbers = everything().unique("exchange")["sequence"].sort()
    lost = sum(label.exchanges for label in year()[0].misuse.labels if label.kind is Kind.GAP)
    assert numbers.n_unique() == len(numbers)
    assert lost <= numbers[-1] - numbers[0] + 1 - len(numbers) <= 2 * lost


def test_nothing_explains_snooping_and_something_explains_nearly_all_else() -> None:
    for kind in (Kind.MANY, Kind.SLOW, Kind.NAME_SEARCH):
        assert set(planted(kind)["explained"]) == {"none"}
    ordinary = everything().filter((pl.col("trigger") == "manual") & pl.col("label").is_null())
    assert 0.9 < _share(ordinary["explained"], "direct") < 1.0


def test_verdicts_say_what_has_no_cover() -> None:
    assert "covered" not in set(planted(Kind.NO_COVER)["verdict"])
    assert set(planted(Kind.BEYOND)["verdict"]) == {"category-outside"}
    late = planted(Kind.EXPIRED)["verdict"]
    # Where another trial of the partner runs that day, an exchange is held against that one.
    assert set(late) <= {"expired", "service-outside"}
    assert _share(late, "expired") > 0.9
    rest = everything().filter(pl.col("label").is_null() & (pl.col("partner") != "OCMW-ANTWERPEN"))
    assert _share(rest["verdict"], "covered") > 0.98


def _share(told: pl.Series, word: str) -> float:
    return int((told == word).sum()) / len(told)


def test_who_looks_at_the_own_file_has_one_pseudonym_as_user_and_as_person() -> None:
    own = planted(Kind.OWN)
    mine = own.filter(pl.col("relation") == "self")
    assert (mine["user"] == mine["person"]).all()
    assert {"self", "household", "address"} >= set(own["relation"].drop_nulls())


def test_a_replayed_message_has_the_reference_of_an_earlier_one() -> None:
    again = planted(Kind.REPLAYED)
    first = everything().filter(pl.col("label").is_null()).join(again, on="reference", how="semi")
    assert first["reference"].n_unique() == again["reference"].n_unique()


def test_a_clock_that_runs_ahead_tells_of_what_was_recorded_before() -> None:
    assert (planted(Kind.CLOCK)["at"] > planted(Kind.CLOCK)["recorded_at"]).all()


def hours(number: int, *, every: int = 168) -> pl.DataFrame:
    """Return that many hours of a series that hardly changes: by one, every so many hours."""
    begin = datetime(2016, 1, 4, tzinfo=UTC)
    row = {"partner": "VDAB", "service": "KBI-DOSSIER", "route": "MAGDA", "trigger": "manual", "outcome": "succeeded"}
    rows = [{**row, "hour": begin + timedelta(hours=n), "count": 100 + n // every % 3} for n in range(number)]
    return pl.DataFrame(rows, schema=COUNTS)


@pytest.mark.parametrize(("count", "alarms"), [(100, 0), (900, 1), (0, 1)])
def test_x_roads_rule_learns_for_three_months_and_then_looks_both_ways(count: int, alarms: int) -> None:
    learnt = hours(91 * 24 + 50)
    last = learnt["hour"].max()
    changed = learnt.with_columns(count=pl.when(pl.col("hour") == last).then(count).otherwise("count"))
    assert len([one for one in x_road_metrics(changed) if one.at == last]) == alarms
    assert not x_road_metrics(hours(91 * 24 - 1))


def test_a_moving_average_sees_a_spike_and_nothing_in_a_calm_series() -> None:
    calm = hours(400, every=1)
    spiked = calm.with_columns(count=pl.when(pl.int_range(pl.len()) == 300).then(5_000).otherwise("count"))
    assert not moving_average(calm)
    assert spiked["hour"][300] in {one.at for one in moving_average(spiked)}


def finding(**about: Any) -> Finding:
    """Return a finding of no consequence, with changes."""
    at = moment(days()[100].start)
    fields = {"detector": "test", "family": Family.PEOPLE, "tier": Tier.PATTERN, "period": "p", "score": 0.5}
    return Finding(**{**fields, "begins": at, "ends": at, **about})


def test_a_finding_tells_of_a_story_by_an_exchange_or_by_its_user_in_its_days() -> None:
    made, seen = year()
    truth = Truth(made.misuse, made.pseudonyms)
    for day in seen:
        truth.add(day.labels)
    exchange, name = next(label for day in seen for label in day.labels.items())
    assert truth.planted(finding(evidence=(exchange,))) == {name}
    label = next(label for label in made.misuse.labels if label.kind is Kind.MANY)
    asker = label.askers[0]
    assert asker.user is not None
    user = made.pseudonyms.person(asker.organisation, asker.user.kind, asker.user.value)
    inside = finding(user=user, begins=moment(label.begins), ends=moment(label.ends))
    assert label.name in truth.planted(inside)
    later = moment(label.ends) + timedelta(days=9)
    assert label.name not in truth.planted(finding(user=user, begins=later, ends=later))


def test_a_finding_of_a_volume_tells_of_trouble_with_that_partner_at_that_time_only() -> None:
    made, _ = year()
    truth = Truth(made.misuse, made.pseudonyms)
    label = next(label for label in made.misuse.labels if label.kind is Kind.SILENCE)
    during = {"begins": moment(label.begins), "ends": moment(label.ends), "family": Family.VOLUME}
    assert label.name in truth.planted(finding(partner=label.partner, **during))
    assert label.name not in truth.planted(finding(partner="DISCIMUS", **during))
    assert label.name not in truth.planted(finding(partner=label.partner, **{**during, "family": Family.DELIVERY}))


def test_what_breaks_of_itself_is_no_false_alarm() -> None:
    made, _ = year()
    truth = Truth(made.misuse, made.pseudonyms)
    silent = datetime(2016, 7, 20, 10, tzinfo=UTC)
    assert truth.is_of_the_world(finding(family=Family.VOLUME, partner="VDAB", begins=silent, ends=silent))
    assert not truth.is_of_the_world(finding(family=Family.VOLUME, partner="DISCIMUS", begins=silent, ends=silent))
    assert not truth.is_of_the_world(finding(user=1, partner="VDAB", begins=silent, ends=silent))


def test_the_command_says_what_was_found_by_kind_and_at_which_price() -> None:
    asked = {"scale": "1/400", "days": 30, "begin": "2016-04-04", "warm": 20, "seed": 4, "json": True}
    out = StringIO()
    call_command("evaluate_detection", stdout=out, **asked)
    (told,) = loads(out.getvalue())
    assert told["failures"] == {}
    assert told["kinds"]["replayed-reference"]["recall"] == {"blatant": 1.0, "plain": 1.0, "subtle": 1.0}
    assert {"x-road-metrics", "ewma"} == set(told["baselines"])
    lines = StringIO()
    call_command("evaluate_detection", stdout=lines, **{**asked, "json": False})
    assert "recall blatant" in lines.getvalue()


@pytest.mark.parametrize("wrong", [{"begin": "2017-01-01"}, {"days": 0}, {"scale": "2"}, {"missing": "none"}])
def test_what_cannot_be_evaluated_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("evaluate_detection", stdout=StringIO(), **{"scale": "1/400", **wrong})


def test_the_days_are_those_of_the_stretch() -> None:
    assert year()[1][0].window.day == days()[STRETCH.first].date == date(2016, 4, 5)
