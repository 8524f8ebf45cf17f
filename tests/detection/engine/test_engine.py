"""What detectors find is kept once: whatever comes when, whoever looks, whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from compliance.detection.behind import behind, failing_detectors
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.finding import Finding as PureFinding
from compliance.detection.due import due_days
from compliance.detection.explain_again import explain_again
from compliance.detection.look_again import look_again
from compliance.detection.look_back import look_back
from compliance.detection.models import DetectedDay, DetectionRun, DirtyHour, Dossier, Finding, PairDay
from compliance.detection.reading.day import read_day
from compliance.detection.vocabulary import FindingState, RunKind
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import position_of
from tests.detection.engine.worlds import (
    BOTH,
    DAY,
    MONDAY,
    all_that_is_known,
    detect_all,
    follow_all,
    found,
    recorded,
    remembered,
    told,
    using,
    week_of_user,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window
    from compliance.detection.in_force import InForce

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("world")]


def a_week() -> None:
    """Record a few days of two users and three persons, one of them replayed, one corrected."""
    reports = [told(f"M-{day}-{n}", MONDAY + day * DAY, user=n, person=n + day % 2) for day in range(4) for n in (1, 2)]
    first, *_ = recorded(*reports, told("M-0-1", MONDAY + 2 * DAY, user=1, person=3))
    recorded(told("C-1", MONDAY + 3 * DAY, corrects=str(first)))


def test_looking_again_changes_nothing() -> None:
    a_week()
    detect_all()
    before = found(), remembered(), list(Finding.objects.values_list("id", "found_at"))
    assert before[0]
    explain_again()
    DirtyHour.objects.bulk_create([DirtyHour(hour=MONDAY, mark=1, since=MONDAY)])
    run = look_again(kind=RunKind.NIGHTLY)
    assert (run.days, run.findings) == (4, 0), "the day that was marked, and those that were held against it"
    assert (found(), remembered(), list(Finding.objects.values_list("id", "found_at"))) == before


def test_looking_back_in_memory_finds_what_the_tables_found() -> None:
    a_week()
    detect_all()
    before = found(), remembered()
    Finding.objects.all().delete()
    run = look_back(since=MONDAY.date(), until=MONDAY.date() + 3 * DAY)
    assert (run.days, run.findings) == (4, len(before[0]))
    assert (found(), remembered()) == before


def test_a_new_detector_can_look_at_history_alone(put_in_force: Callable[[InForce], None]) -> None:
    a_week()
    put_in_force(using(week_of_user=week_of_user))
    detect_all()
    assert {row["detector"] for row in found().values()} == {"week-of-user"}
    put_in_force(BOTH)
    look_back(since=MONDAY.date(), until=MONDAY.date() + 3 * DAY, detectors=["all-that-is-known"])
    alone = found()
    look_back(since=MONDAY.date(), until=MONDAY.date() + 3 * DAY)
    assert {row["detector"] for row in alone.values()} == {"week-of-user", "all-that-is-known"}
    assert found() == alone


def test_a_finding_tells_where_its_evidence_stands_in_the_log() -> None:
    (one, two) = recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY / 24))
    detect_all()
    finding = Finding.objects.get(detector="all-that-is-known")
    assert finding.evidence == [one, two]
    assert finding.leaves == [position_of(log=LogNumber.EXCHANGES, identifier=one) for one in finding.evidence]


def test_a_finding_of_a_week_is_one_and_says_what_its_last_window_saw() -> None:
    recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY), told("M-3", MONDAY + 2 * DAY))
    detect_all()
    finding = Finding.objects.get(detector="week-of-user")
    assert (finding.facts, len(finding.days)) == ({"look_ups": 3}, 3)


def test_a_finding_that_its_last_window_no_longer_sees_says_what_the_one_before_saw() -> None:
    recorded(told("M-1", MONDAY))
    (last,) = recorded(told("M-2", MONDAY + DAY))
    detect_all()
    recorded(told("C-2", MONDAY + DAY, corrects=str(last), trigger="automatic"))
    detect_all()
    finding = Finding.objects.get(detector="week-of-user")
    assert (finding.facts, finding.days, finding.state) == ({"look_ups": 1}, [MONDAY.date()], FindingState.FOUND)


def test_what_was_corrected_away_is_gone_and_comes_back_when_it_does() -> None:
    (wrong,) = recorded(told("M-1", MONDAY))
    detect_all()
    recorded(told("C-1", MONDAY, corrects=str(wrong), trigger="automatic"))
    detect_all()
    assert found() == {}
    assert remembered()["PairDay"] == []
    assert {row[2] for row in remembered()["KnownUse"]} == {None}, "a machine used it, and no user ever did"
    recorded(told("M-2", MONDAY))
    detect_all()
    assert set(Finding.objects.values_list("state", flat=True)) == {FindingState.FOUND}
    assert len(found()) == 2


def test_what_a_case_holds_stays() -> None:
    (wrong,) = recorded(told("M-1", MONDAY))
    detect_all()
    Finding.objects.update(state=FindingState.RAISED)
    before = found()
    recorded(told("C-1", MONDAY, corrects=str(wrong), trigger="automatic"))
    detect_all()
    assert found() == {key: {**row, "days": []} for key, row in before.items()}


def test_what_is_not_sealed_is_not_looked_at() -> None:
    recorded(told("M-1", MONDAY))
    follow_all()
    recorded(told("M-2", MONDAY, user=2))
    look_again(kind=RunKind.HOURLY)
    assert PairDay.objects.count() == 1
    detect_all()
    assert PairDay.objects.count() == 2


def test_days_are_those_of_brussels() -> None:
    recorded(
        told("M-1", datetime(2016, 3, 7, 23, 30, tzinfo=UTC)), told("M-2", datetime(2016, 6, 30, 22, 30, tzinfo=UTC))
    )
    detect_all()
    assert set(PairDay.objects.values_list("day", flat=True)) == {date(2016, 3, 8), date(2016, 7, 1)}


@pytest.mark.parametrize("environment", ["acceptance", "test"])
def test_what_does_not_run_in_production_is_held_against_nobody(environment: str) -> None:
    recorded(told("M-1", MONDAY, environment=environment))
    detect_all()
    assert found() == {}
    assert {name: rows for name, rows in remembered().items() if rows} == {}
    assert DetectedDay.objects.get().exchanges == 1


def test_a_dossier_that_comes_late_explains_the_look_up_the_next_night() -> None:
    at = now() - timedelta(days=3)
    recorded(told("M-1", at))
    detect_all()
    pair = PairDay.objects.get()
    assert pair.unexplained == 1
    Dossier.objects.create(partner="VDAB", person=pair.person, dossier=9, opened=pair.day - DAY, told_at=at)
    explain_again()
    look_again(kind=RunKind.NIGHTLY)
    pair = PairDay.objects.get()
    assert (pair.unexplained, pair.direct) == (0, 1)


def test_a_day_without_an_exchange_is_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.detection.due.SILENT_DAYS", 3)
    at = now()
    assert len(due_days(at=at)) in {2, 3}, "today is due once an hour of it is over"
    detect_all()
    assert due_days(at=at) == []
    assert due_days(at=at + timedelta(hours=1, minutes=1)), "the clock makes it due again"


def _how_far(window: Window, _baseline: Baseline, _settings: Any) -> Iterator[PureFinding]:
    """Find in every window up to when it is known."""
    yield PureFinding(
        detector="how-far",
        family=Family.VOLUME,
        tier=Tier.STATISTIC,
        period=str(window.day),
        begins=window.begins,
        ends=window.ends,
        score=0.5,
        facts={"until": str(window.until)},
    )


def test_a_clock_that_ran_ahead_and_was_set_right_leaves_today_as_it_is(
    monkeypatch: pytest.MonkeyPatch, put_in_force: Callable[[InForce], None]
) -> None:
    put_in_force(using(how_far=_how_far))
    noon = datetime(2016, 3, 7, 12, 30, tzinfo=UTC)
    monkeypatch.setattr("compliance.detection.due.SILENT_DAYS", 1)

    def look_at(clock: datetime) -> dict[str, Any]:
        for place in ("look", "look_again"):
            monkeypatch.setattr(f"compliance.detection.{place}.now", lambda: clock)
        look_again(kind=RunKind.HOURLY)
        return {row["period"]: row["facts"]["until"] for row in found().values()}

    right = look_at(noon)
    assert right == {"2016-03-07": "2016-03-07 12:00:00+00:00"}
    assert look_at(noon + timedelta(hours=5)) == {"2016-03-07": "2016-03-07 17:00:00+00:00"}
    assert look_at(noon) == right


def test_a_second_worker_leaves_at_once(other: psycopg.Connection) -> None:
    recorded(told("M-1", MONDAY))
    follow_all()
    other.execute("SELECT pg_advisory_xact_lock(%s, 1)", [0x4B4244])
    run = look_again(kind=RunKind.HOURLY)
    assert (run.days, run.waiting) == (0, 1)
    other.rollback()
    assert look_again(kind=RunKind.HOURLY).days == 1


def test_two_at_once_find_everything_once() -> None:
    a_week()
    follow_all()

    def work() -> None:
        look_again(kind=RunKind.HOURLY)
        connections.close_all()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run = detect_all()
    together = found(), remembered()
    assert run.findings + sum(DetectionRun.objects.exclude(id=run.id).values_list("findings", flat=True)) == len(
        together[0]
    )
    Finding.objects.all().delete()
    look_back(since=MONDAY.date(), until=MONDAY.date() + 3 * DAY)
    assert (found(), remembered()) == together


def test_a_worker_that_is_killed_while_it_writes_leaves_the_day_as_it_was(
    other: psycopg.Connection, transaction_waiting: Callable[[str], None]
) -> None:
    recorded(told("M-1", MONDAY))
    follow_all()
    # Another session holds the mark that the worker clears: the worker stops in the midst of its transaction.
    other.execute("SELECT * FROM compliance_dirtyhour FOR UPDATE")
    program = "import django; django.setup(); from compliance.pipeline import detect; detect()"
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
    with subprocess.Popen([sys.executable, "-c", program], env=environ) as worker:
        try:
            transaction_waiting("DELETE FROM compliance_dirtyhour")
        finally:
            worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    other.rollback()
    assert PairDay.objects.count() == 0
    assert behind().days == 1
    detect_all()
    assert (len(found()), PairDay.objects.count()) == (2, 1)


def test_what_comes_while_a_day_is_looked_at_stays_marked(
    other: psycopg.Connection, transaction_waiting: Callable[[str], None]
) -> None:
    recorded(told("M-1", MONDAY))
    follow_all()
    other.execute("UPDATE compliance_dirtyhour SET mark = mark + 1")

    def work() -> None:
        look_again(kind=RunKind.HOURLY, seconds=0)
        connections.close_all()

    worker = Thread(target=work)
    worker.start()
    transaction_waiting("DELETE FROM compliance_dirtyhour")
    other.commit()
    worker.join()
    assert DirtyHour.objects.count() == 1
    assert DetectedDay.objects.count() == 1


def _fails(*_told: Any) -> Any:
    message = "85.07.30-033.61"
    raise ValueError(message)


def test_a_detector_that_raises_spoils_nothing_and_is_told(put_in_force: Callable[[InForce], None]) -> None:
    recorded(told("M-1", MONDAY))
    detect_all()
    before = found()
    put_in_force(using(all_that_is_known=all_that_is_known, week_of_user=_fails))
    recorded(told("M-2", MONDAY + DAY))
    DirtyHour.objects.create(hour=MONDAY, mark=1, since=MONDAY)
    run = detect_all()
    assert run.failures.keys() == {"week-of-user"}
    assert "85.07" not in str(run.failures), "what it said may be about somebody"
    assert found().keys() > before.keys(), "what it found before is not gone, and the other goes on"
    (failing,) = failing_detectors()
    assert (failing.detector, failing.days, failing.first) == ("week-of-user", 2, MONDAY.date())
    put_in_force(BOTH)
    explain_again()
    look_again(kind=RunKind.NIGHTLY)
    assert failing_detectors() == []


def test_what_waits_is_told_and_since_when() -> None:
    recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY))
    assert behind().transactions == 0
    catch = now()
    follow_all()
    waiting = behind()
    assert (waiting.days, waiting.first_day, waiting.transactions) == (2, MONDAY.date(), 0)
    assert waiting.since is not None
    assert waiting.since >= catch
    detect_all()
    assert (behind().days, behind().since) == (0, None)


def test_a_day_that_cannot_be_looked_at_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_but_one(day: date) -> Any:
        if day == MONDAY.date():
            raise LookupError
        return read_day(day)

    monkeypatch.setattr("compliance.detection.look.read_day", read_but_one)
    recorded(told("M-1", MONDAY), told("M-2", MONDAY + DAY))
    follow_all()
    run = look_again(kind=RunKind.HOURLY)
    assert (run.days, run.waiting) == (1, 1)
    assert run.error.startswith("2016-03-07: LookupError at compliance/")
