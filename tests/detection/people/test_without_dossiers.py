"""Users who look up more strangers than they are used to."""

from __future__ import annotations

from datetime import timedelta

from tests.detection.people.desk import DAY, after, client, found, look_up, ordinary, said, strangers


def test_a_user_who_looks_up_eight_strangers_is_found() -> None:
    (one,) = found("without-dossiers", ordinary() + strangers(7, 8))
    assert (one.partner, one.user, one.persons) == ("VDAB", 7, 8)
    assert one.tail is not None
    assert one.tail < 1e-5
    assert said(one).startswith("A user of VDAB looked up 8 new persons in one day without anything that explains it")


def test_an_ordinary_day_with_its_missing_dossiers_is_not() -> None:
    assert not found("without-dossiers", ordinary())


def test_a_busy_day_among_own_clients_is_not() -> None:
    busy = [look_up(7, client(7, n), at=9 + n / 10) for n in range(30)]
    assert not found("without-dossiers", ordinary() + busy)


def test_two_strangers_a_day_are_found_within_a_week() -> None:
    slow = [
        row
        for back in range(6, 0, -1)
        for row in strangers(7, 2, first=back * 10, day=DAY - timedelta(days=back))
        if (DAY - timedelta(days=back)).isoweekday() <= 5
    ]
    (one,) = found("without-dossiers", ordinary() + strangers(7, 2), after(*slow))
    assert one.user == 7
    assert "days" in said(one)


def test_who_is_used_to_missing_dossiers_is_held_against_that() -> None:
    used_to = [
        row
        for back in range(80, 0, -1)
        if (DAY - timedelta(days=back)).isoweekday() <= 5
        for row in strangers(7, 4, first=back * 10, day=DAY - timedelta(days=back))
    ]
    known = after(*used_to)
    assert not found("without-dossiers", ordinary() + strangers(7, 5), known)
    assert [one.user for one in found("without-dossiers", ordinary() + strangers(8, 8), known)] == [8]
