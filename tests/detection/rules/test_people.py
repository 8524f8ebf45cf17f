"""People outside office hours, and dossiers that give no reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from compliance.detection.detectors.baseline import DOSSIERS, Baseline, Calendar, OfficeHours, PlannedEvent
from compliance.detection.detectors.rules.invalid_dossier.detect import INVALID_DOSSIER
from compliance.detection.detectors.rules.missing_dossier.detect import MISSING_DOSSIER
from compliance.detection.detectors.rules.off_hours.detect import OFF_HOURS
from tests.detection.rules.days import BY_HAND, DAY, MORNING, Row, exchange, found, said

EVENING = datetime(2016, 5, 12, 19, 30, tzinfo=UTC)  # 21:30 in Brussels


def _evening(number: int, **told: Any) -> Row:
    return exchange(number, at=EVENING + timedelta(minutes=number), **{**BY_HAND, "person": number, **told})


def _dossiers(*told: dict[str, Any]) -> Baseline:
    usual = {"partner": "VDAB", "opened": date(2016, 1, 1)}
    rows = [{name: (usual | one).get(name) for name in DOSSIERS} for one in told]
    return Baseline(dossiers=pl.DataFrame(rows, schema=DOSSIERS), feeding=frozenset({"VDAB"}))


def test_two_unexplained_look_ups_in_the_evening_are_found_and_one_is_not() -> None:
    (one,) = found(OFF_HOURS, [_evening(1), _evening(2)])
    assert (one.user, one.partner, one.exchanges) == (7, "VDAB", 2)
    assert said(one) == "A user of VDAB looked persons up 2 times outside office hours, without an explanation."
    assert not found(OFF_HOURS, [_evening(1), exchange(2, **BY_HAND)])


def test_what_a_dossier_explains_is_overtime() -> None:
    baseline = _dossiers({"person": 1, "dossier": 1, "holder": 7}, {"person": 2, "dossier": 2, "holder": 7})
    assert not found(OFF_HOURS, [_evening(1), _evening(2)], baseline)


def test_each_partner_has_hours_of_its_own() -> None:
    lessons = Baseline(office_hours={"VDAB": OfficeHours(by_weekday={4: (8, 22)})})
    assert not found(OFF_HOURS, [_evening(1), _evening(2)], lessons)
    rows = [_evening(1, partner="VMSW"), _evening(2, partner="VMSW")]
    assert len(found(OFF_HOURS, rows, lessons)) == 1


def test_on_a_closing_day_of_the_partner_every_hour_is_outside() -> None:
    rows = [exchange(1, **BY_HAND), exchange(2, **BY_HAND)]
    assert not found(OFF_HOURS, rows)
    closed = Baseline(calendar=Calendar(closing_days={"VDAB": frozenset({DAY})}))
    (one,) = found(OFF_HOURS, rows, closed)
    assert "on a closing day" in said(one)
    assert not found(OFF_HOURS, rows, Baseline(calendar=Calendar(closing_days={"VMSW": frozenset({DAY})})))


def test_machines_and_what_was_announced_may_run_at_night() -> None:
    automatic = [_evening(n, trigger="automatic", user=None) for n in (1, 2)]
    assert not found(OFF_HOURS, automatic)
    event = PlannedEvent(name="enrolment", begins=EVENING, ends=EVENING + timedelta(hours=3), partner="VDAB")
    assert not found(OFF_HOURS, [_evening(1), _evening(2)], Baseline(calendar=Calendar(events=(event,))))


def _look_up(number: int, **told: Any) -> Row:
    return exchange(number, at=MORNING + timedelta(seconds=10 * number), **{**BY_HAND, **told})


_DESKS, _EACH = 20, 30


def _told(missing: int) -> list[dict[str, Any]]:
    """Return the dossiers of an office, without those that are missing: as many in a hundred."""
    return [{"person": 10_000 + n, "dossier": 10_000 + n} for n in range(_DESKS * _EACH) if n * 19 % 100 >= missing]


def _office() -> list[Row]:
    """Return a day in which every colleague looks up persons of the office's dossiers."""
    return [_look_up(n, user=100 + n // _EACH, person=10_000 + n, dossier=10_000 + n) for n in range(_DESKS * _EACH)]


@pytest.mark.parametrize(
    ("kind", "dossier", "quoted"),
    [
        ("closed", {"person": 5, "dossier": 50, "closed": date(2016, 1, 31)}, 50),
        ("not-yet", {"person": 5, "dossier": 50, "opened": date(2016, 6, 1)}, 50),
        ("another", {"person": 6, "dossier": 60}, 60),
    ],
)
def test_a_dossier_that_gives_no_reason_is_found_by_what_is_wrong_with_it(
    kind: str, dossier: dict[str, Any], quoted: int
) -> None:
    rows = [_look_up(4_001, person=5, dossier=quoted), _look_up(4_002, person=15, dossier=quoted + 100)]
    other = {**dossier, "person": dossier["person"] + 10, "dossier": dossier["dossier"] + 100}
    known = _dossiers(dossier, other, *_told(missing=3))
    (one,) = found(INVALID_DOSSIER, [*_office(), *rows], known)
    assert (one.facts["kind"], one.user, one.persons) == (kind, 7, 2)
    assert not found(INVALID_DOSSIER, [*_office(), rows[0], _look_up(4_000, person=5, dossier=quoted)], known)


def test_a_dossier_that_was_closed_lately_still_gives_a_reason() -> None:
    rows = [*_office(), *(_look_up(4_000 + n, person=n, dossier=n) for n in (1, 2))]
    lately = _dossiers(*({"person": n, "dossier": n, "closed": date(2016, 5, 1)} for n in (1, 2)), *_told(missing=3))
    assert not found(INVALID_DOSSIER, rows, lately)
    assert found(INVALID_DOSSIER, rows, lately, grace_days=7)


def test_a_list_that_is_behind_for_everybody_accuses_nobody() -> None:
    behind = _dossiers(*({**one, "closed": date(2016, 1, 31)} for one in _told(missing=60)))
    assert not found(INVALID_DOSSIER, _office(), behind)


def test_a_partner_that_tells_us_of_no_dossiers_is_not_held_against_them() -> None:
    rows = [_look_up(n, person=5, dossier=50) for n in range(20)]
    assert not found(INVALID_DOSSIER, rows)
    assert not found(MISSING_DOSSIER, rows)


def test_references_of_a_vendor_are_not_held_against_the_list_of_its_client() -> None:
    known = _dossiers({"person": 1, "dossier": 50}, {"person": 6, "dossier": 60})
    vendor = [_look_up(n, person=n, dossier=60, asker="LEVERANCIER-A") for n in range(20)]
    assert not found(INVALID_DOSSIER, vendor, known)
    invented = [_look_up(n, person=n, dossier=900 + n, asker="LEVERANCIER-A") for n in range(20)]
    assert not found(MISSING_DOSSIER, [*_office(), *invented], _dossiers(*_told(missing=3)))


@pytest.mark.parametrize("missing", [3, 15, 30])
def test_invented_dossiers_stand_out_among_those_that_are_missing_anyway(missing: int) -> None:
    known, office = _dossiers(*_told(missing)), _office()
    assert not found(MISSING_DOSSIER, office, known)
    invented = [_look_up(5_000 + n, person=20_000 + n, dossier=90_000 + n) for n in range(15)]
    (one,) = found(MISSING_DOSSIER, [*office, *invented], known)
    assert one.user == 7
    assert one.tail is not None
    assert one.tail < 1e-3
    assert "never told us of" in said(one)
