"""How exchanges are delivered: replays, clocks, tests in production, silence, gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from compliance.detection.detectors.baseline import REFERENCES, SEQUENCES, Baseline
from compliance.detection.detectors.finding import Tier
from compliance.detection.detectors.make_window import bounds, make_window
from compliance.detection.detectors.rules.clock_drift.detect import CLOCK_DRIFT
from compliance.detection.detectors.rules.replayed_reference.detect import REPLAYED_REFERENCE
from compliance.detection.detectors.rules.sequence_gap.detect import SEQUENCE_GAP
from compliance.detection.detectors.rules.test_in_production.detect import TEST_IN_PRODUCTION
from compliance.detection.detectors.rules.unanswered.detect import UNANSWERED
from compliance.detection.detectors.window import NUMBERS
from tests.detection.rules.days import DAY, MORNING, day_of, exchange, found, said

if TYPE_CHECKING:
    from tests.detection.rules.days import Row


def test_an_exact_replay_is_always_found_and_leads_to_the_original() -> None:
    rows = [*(exchange(n) for n in range(100)), exchange(500, reference="M-42")]
    (one,) = found(REPLAYED_REFERENCE, rows)
    assert one.evidence == (exchange(500)["exchange"],)
    assert (one.facts["original"], one.facts["alike"]) == (exchange(42)["exchange"], 1)
    assert one.tier is Tier.LAW
    assert said(one) == "One message of KBI about KBI-DOSSIER came again at another moment."


def test_a_message_of_the_days_before_is_recognised() -> None:
    row = {"producer": "KBI", "reference": "M-1", "exchange": "before", "at": MORNING - timedelta(days=3)}
    baseline = Baseline(references=pl.DataFrame([row], schema=REFERENCES))
    (one,) = found(REPLAYED_REFERENCE, [exchange(1), exchange(2)], baseline)
    assert (one.evidence, one.facts["original"]) == ((exchange(1)["exchange"],), "before")


def test_two_producers_may_use_one_reference_and_a_list_is_one_message() -> None:
    rows = [exchange(1), exchange(2, reference="M-1", producer="VDAB")]
    assert not found(REPLAYED_REFERENCE, rows)
    assert not found(REPLAYED_REFERENCE, [exchange(3) | {"person": person} for person in (1, 2, None)])


def test_a_thousand_replays_are_one_finding() -> None:
    rows = [exchange(n, at=MORNING + timedelta(seconds=n), reference=f"M-{n // 2}") for n in range(2_000)]
    (one,) = found(REPLAYED_REFERENCE, rows)
    assert (one.exchanges, len(one.evidence)) == (1_000, 50)


def test_an_exchange_recorded_before_it_began_tells_of_a_clock_that_is_ahead() -> None:
    (one,) = found(CLOCK_DRIFT, [exchange(n, delay=-90) for n in range(5)])
    assert (one.partner, one.facts["kind"], one.facts["seconds"]) == ("KBI", "ahead", 90)
    assert not found(CLOCK_DRIFT, [exchange(n, delay=-1) for n in range(50)])


def test_a_clock_that_is_behind_is_so_by_the_same_for_all() -> None:
    (one,) = found(CLOCK_DRIFT, [exchange(n, delay=3_600 + n % 10) for n in range(100)])
    assert (one.facts["kind"], one.facts["seconds"]) == ("behind", 3604)
    assert said(one) == "The clock of KBI is 3,604 seconds behind, or everything arrives so much later."


def test_a_file_that_comes_late_is_no_drift() -> None:
    rows = [exchange(n) for n in range(120)]
    file = [row | {"recorded_at": MORNING + timedelta(hours=9)} for row in rows]
    assert not found(CLOCK_DRIFT, file)
    assert not found(CLOCK_DRIFT, rows[:80] + file[80:])


def test_a_clock_is_found_among_late_files() -> None:
    rows = [exchange(n, delay=3_600) for n in range(120)]
    late = [row | {"recorded_at": MORNING + timedelta(hours=12)} for row in rows[80:]]
    (one,) = found(CLOCK_DRIFT, rows[:80] + late)
    assert one.facts["kind"] == "behind"


def test_tests_in_production_are_found_by_person_application_or_word() -> None:
    baseline = Baseline(test_persons=frozenset({99}), test_applications=frozenset({"Kiosk"}))
    rows = [
        exchange(1, person=99),
        exchange(2, application="Kiosk"),
        exchange(3, reference="VDAB-TEST-0001"),
        exchange(4, application="Mijn loopbaan (acceptatie)"),
        exchange(5, reference="LATEST-1", application="Testament", service="KBI-NT2-TEST"),
        exchange(6, person=99, environment="test"),
    ]
    told = {one.series: one.exchanges for one in found(TEST_IN_PRODUCTION, rows, baseline)}
    assert told == {"person": 1, "application": 1, "marker": 2}


def test_many_unanswered_requests_or_a_long_row_of_them_are_found() -> None:
    share = [exchange(n, outcome="unanswered" if n % 3 == 0 else "succeeded") for n in range(60)]
    (one,) = found(UNANSWERED, share)
    assert (one.facts["unanswered"], one.facts["of"], one.facts["streak"]) == (20, 60, 1)
    row = [exchange(n, outcome="unanswered" if 100 <= n < 115 else "succeeded") for n in range(300)]
    (streak,) = found(UNANSWERED, row)
    assert streak.facts["streak"] == 15
    assert not found(
        UNANSWERED, [exchange(n, outcome="unanswered" if n % 50 == 0 else "succeeded") for n in range(300)]
    )


def test_a_request_is_given_time_for_its_answer() -> None:
    rows = [exchange(n, outcome="requested") for n in range(60)]
    assert not found(UNANSWERED, rows, until=MORNING + timedelta(minutes=60))
    (one,) = found(UNANSWERED, rows, until=MORNING + timedelta(hours=3))
    assert one.facts["unanswered"] == 60


def _numbered(*numbers: int) -> list[Row]:
    return [exchange(n, sequence=n, at=MORNING + timedelta(seconds=n)) for n in numbers]


def _before(last: int) -> Baseline:
    row = {"producer": "KBI", "last": last, "at": MORNING - timedelta(days=1)}
    return Baseline(sequences=pl.DataFrame([row], schema=SEQUENCES))


def test_numbers_that_never_came_are_found_and_named() -> None:
    (one,) = found(SEQUENCE_GAP, _numbered(1, 2, 3, 7, 8, 10))
    assert (one.facts["missing"], one.facts["gaps"], one.facts["numbers"]) == (4, 2, "4-6, 9")
    assert said(one) == "4 numbers of KBI never came (4-6, 9): exchanges that were not reported."


def test_a_gap_since_the_day_before_is_found_and_a_producer_may_count_anew() -> None:
    (one,) = found(SEQUENCE_GAP, _numbered(103, 104), _before(100))
    assert one.facts["numbers"] == "101-102"
    assert not found(SEQUENCE_GAP, _numbered(1, 2, 3), _before(100))


def test_late_numbers_close_a_gap_and_those_of_corrected_records_are_not_missed() -> None:
    assert not found(SEQUENCE_GAP, [*_numbered(1, 2, 4), *_numbered(3)])
    window = day_of(_numbered(1, 2, 4))
    corrected = pl.DataFrame({"producer": ["KBI"], "sequence": [3]}, schema=NUMBERS)
    baseline = Baseline()
    with_it = make_window(DAY, window.traffic.drop("explained"), baseline, corrected=corrected)
    assert not list(SEQUENCE_GAP.detect(with_it, baseline, SEQUENCE_GAP.settings()))


def test_while_the_day_goes_on_a_gap_is_given_time_to_close() -> None:
    rows = _numbered(1, 2, 4)
    assert not found(SEQUENCE_GAP, rows, until=MORNING + timedelta(minutes=30))
    assert len(found(SEQUENCE_GAP, rows, until=bounds(DAY)[1])) == 1
