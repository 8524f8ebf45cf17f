"""The same user and the same person again and again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.detection.people.desk import DAY, STRANGERS, after, client, found, look_up, ordinary, said

if TYPE_CHECKING:
    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from tests.detection.people.desk import Row


def again_and_again(rows: list[Row], baseline: Baseline | None = None) -> list[Finding]:
    """Return what is found when chance may give one alarm in fifty days: at a desk of twenty, dossiers are few."""
    return found("same-person-again", rows, baseline, false_alarms=0.02)


def _days_before(*days: int) -> list[Row]:
    return [look_up(7, STRANGERS, day=DAY - timedelta(days=back)) for back in days]


def test_who_comes_back_to_a_stranger_is_found() -> None:
    (one,) = again_and_again([*ordinary(), look_up(7, STRANGERS)], after(*_days_before(15, 9, 8, 6, 3, 1)))
    assert (one.user, one.person) == (7, STRANGERS)
    assert said(one) == (
        "A user of VDAB looked up the same person 7 times in 30 days, without anything that explains it."
    )


def test_coming_back_within_a_day_counts_and_a_burst_of_calls_is_one_visit() -> None:
    again = [look_up(7, STRANGERS, at=hour) for hour in (9, 11, 13, 15)]
    (one,) = again_and_again(ordinary() + again)
    assert one.facts["times"] == 4
    burst = [look_up(7, STRANGERS, at=9 + n / 100) for n in range(8)]
    assert not again_and_again(ordinary() + burst)


def test_clients_whose_dossier_is_missing_come_back_as_often_as_others() -> None:
    assert not again_and_again(ordinary())


def test_a_person_with_a_dossier_may_be_looked_up_every_day() -> None:
    mine = client(7, 1)
    daily = [look_up(7, mine, day=DAY - timedelta(days=back)) for back in range(1, 20)]
    assert not again_and_again([*ordinary(), look_up(7, mine)], after(*daily))
