"""Searches by name, numbers in a row, accounts that wake, first uses, sought persons, own files, odd hours, volumes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.detection.detectors.finding import Tier
from tests.detection.people.desk import (
    DAY,
    STRANGERS,
    USERS,
    after,
    client,
    found,
    has_dossier,
    look_up,
    ordinary,
    said,
    strangers,
)


def _searching(user: int, opened: int, *, minutes: float) -> list[dict[str, object]]:
    search = look_up(user, STRANGERS + 500, at=14.0, search_keys="name-birth-date")
    return [search, *(look_up(user, STRANGERS + n, at=14.0 + n * minutes / 60) for n in range(1, opened + 1))]


def test_opening_one_after_the_other_after_a_search_by_name_is_found() -> None:
    (one,) = found("name-search", ordinary() + _searching(7, 6, minutes=1))
    assert (one.user, one.persons) == (7, 7)
    assert said(one) == (
        "A user of VDAB searched by name and opened 7 persons within 15 minutes, without anything that explains it."
    )


def test_opening_few_or_slowly_or_own_clients_after_a_search_is_not() -> None:
    assert not found("name-search", ordinary() + _searching(7, 3, minutes=1))
    assert not found("name-search", ordinary() + _searching(7, 6, minutes=20))
    own = [look_up(7, client(7, n), at=14 + n / 60, search_keys="name") for n in range(12)]
    assert not found("name-search", ordinary() + own)


def test_numbers_in_a_row_are_found_and_twins_are_not() -> None:
    row = [look_up(7, STRANGERS + n, at=9 + n / 60, number_range=5 + n // 4) for n in range(8)]
    (one,) = found("enumeration", ordinary() + row)
    assert (one.user, one.persons, one.facts["ranges"]) == (7, 8, 2)
    twins = [look_up(7, STRANGERS + n, number_range=5 + n // 2) for n in range(8)]
    assert not found("enumeration", ordinary() + twins)


def test_numbers_far_apart_and_persons_without_a_number_are_no_enumeration() -> None:
    assert not found("enumeration", ordinary() + [look_up(7, STRANGERS + n, number_range=n) for n in range(20)])
    assert not found("enumeration", ordinary() + strangers(7, 20))


def test_an_account_that_slept_and_looks_up_strangers_is_found() -> None:
    slept = after(look_up(99, client(1, 1), day=DAY - timedelta(days=45)))
    (one,) = found("dormant-user", ordinary() + strangers(99, 4), slept)
    assert (one.user, one.facts["days"], one.facts["persons"]) == (99, 45, 4)
    assert "was not seen for 45 days" in said(one)


def test_who_comes_back_to_their_own_clients_or_was_here_last_week_is_not_dormant() -> None:
    slept = after(look_up(99, client(1, 1), day=DAY - timedelta(days=45)))
    assert not found("dormant-user", ordinary() + [look_up(99, client(1, n)) for n in range(1, 9)], slept)
    assert not found("dormant-user", ordinary() + strangers(7, 4))


def test_a_service_that_nobody_there_used_by_hand_is_found_even_for_a_client() -> None:
    (one,) = found("first-use", [*ordinary(), look_up(7, client(7, 2), service="KBI-MUTATIE")])
    assert (one.user, one.service, one.facts["kind"]) == (7, "KBI-MUTATIE", "partner")
    assert said(one) == "A user of VDAB used KBI-MUTATIE by hand, which hardly anybody there ever did."


def test_a_service_that_colleagues_use_is_found_for_strangers_only() -> None:
    common = [
        look_up(user, client(user, 2), service="KBI-TRAJECT", day=DAY - timedelta(days=50))
        for user in USERS
        if user > 7
    ]
    known = after(*common)
    own = [look_up(7, client(7, n), service="KBI-TRAJECT") for n in range(9)]
    assert not found("first-use", ordinary() + own, known)
    (one,) = found("first-use", ordinary() + strangers(7, 3, service="KBI-TRAJECT"), known)
    assert one.facts["kind"] == "user"


def test_a_partner_that_has_just_joined_uses_everything_for_the_first_time() -> None:
    new = [look_up(7, STRANGERS + n, partner="VMSW") for n in range(5)]
    assert not found("first-use", ordinary() + new)


def test_a_person_at_whom_many_look_is_found_over_partners_too() -> None:
    here = [look_up(user, STRANGERS, at=9 + user / 10) for user in range(1, 6)]
    (one,) = found("sought-person", ordinary() + here)
    assert (one.person, one.user, one.exchanges) == (STRANGERS, None, 5)
    assert said(one).startswith("5 users looked up the same person within 3 days")
    there = [look_up(user, STRANGERS, partner="VMSW") for user in (31, 32)]
    (one,) = found("sought-person", ordinary() + here + there)
    assert said(one).startswith("7 users of 2 partners looked up the same person")


def test_a_client_at_whom_a_team_looks_has_a_dossier() -> None:
    assert not found("sought-person", ordinary() + [look_up(user, client(1, 3)) for user in range(1, 9)])


@pytest.mark.parametrize(
    ("person", "relation", "words"),
    [
        (7, None, "their own file"),
        (STRANGERS, "self", "their own file"),
        (STRANGERS, "household", "their own household"),
        (STRANGERS, "address", "at the user's address"),
    ],
)
def test_own_file_household_and_address_are_found_at_once(person: int, relation: str | None, words: str) -> None:
    (one,) = found("own-file", [*ordinary(), look_up(7, person, relation=relation)])
    assert words in said(one)


def test_a_neighbour_with_a_dossier_is_work_unless_it_is_asked_otherwise() -> None:
    rows = [*ordinary(), look_up(7, client(7, 2), relation="address")]
    assert not found("own-file", rows)
    assert len(found("own-file", rows, with_dossier=1)) == 1
    assert len(found("own-file", [*ordinary(), look_up(7, client(7, 2), relation="self")])) == 1


def test_far_more_persons_than_colleagues_is_found_though_all_have_dossiers() -> None:
    many = [
        look_up(7, client(user, n), at=9 + n / 10) for user in (3, 4, 5) for n in range(1, 30) if has_dossier(user, n)
    ]
    (one,) = found("unlike-peers", ordinary() + many)
    assert (one.user, one.tier) == (7, Tier.PEER)
    assert one.tail is not None
    assert one.tail < 1e-4
    twice = [look_up(7, client(3, n), at=9 + n / 10) for n in range(1, 6)]
    assert not found("unlike-peers", ordinary() + twice)


def test_strangers_in_the_evening_are_found_and_one_of_them_is_not_enough() -> None:
    (one,) = found("unexplained-off-hours", ordinary() + strangers(7, 3, at=22.0))
    assert (one.user, one.persons) == (7, 3)
    assert "between 22:00 and 23:00, when hardly anybody there works" in said(one)
    assert not found("unexplained-off-hours", ordinary() + strangers(7, 1, at=22.0))


def test_overtime_on_clients_and_strangers_in_working_hours_are_not_off_hours() -> None:
    overtime = [look_up(7, client(7, n), at=21 + n / 60) for n in range(1, 7)]
    assert not found("unexplained-off-hours", ordinary() + overtime)
    assert not found("unexplained-off-hours", ordinary() + strangers(7, 5, at=10.0))
