"""An example of each verdict, and of what decides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from compliance.authorisations.covers import Coverage
from compliance.authorisations.judge import Judge
from compliance.authorisations.judgement import Judgement, Shape
from compliance.authorisations.terms import Ceiling, Conditions, Hours, Period, Terms
from compliance.authorisations.usage import Usage
from compliance.authorisations.vocabulary import Verdict
from compliance.kernel.clock import BRUSSELS, microseconds


def at(year: int, month: int, day: int, *clock: int) -> int:
    """Return a moment in Brussels."""
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return microseconds(datetime(year, month, day, hour, minute, second, tzinfo=BRUSSELS))


NOON = at(2016, 3, 1, 12)
PROTOCOL = Terms(
    authorisation="PROTOCOL",
    number=1,
    provider="KBI",
    recipients=frozenset({"VDAB", "VMSW"}),
    services=frozenset({"TRAJECT", "DOSSIER/1.0"}),
    categories=frozenset({"IDENTIFICATION", "LEVEL"}),
    purposes=frozenset({"MEDIATION"}),
    legal_bases=frozenset({"DECREE"}),
    routes=frozenset({"MAGDA"}),
    environments=frozenset({"production"}),
    valid_from=at(2016, 1, 1),
    valid_until=at(2017, 1, 1),
)
QUESTION = Shape("VDAB", "KBI", "TRAJECT", "2.0", "MEDIATION", "DECREE", ("IDENTIFICATION",), "MAGDA", "production")


def judge(*terms: Terms, moment: int = NOON, **asked: Any) -> Judgement:
    """Judge the usual question by these terms; what is not a field of the question is told to the judge."""
    fields = {name: value for name, value in asked.items() if name in QUESTION._fields}
    told = {name: value for name, value in asked.items() if name not in fields}
    return Coverage(terms).judge(QUESTION._replace(**fields), at=moment, **told)


def with_conditions(**conditions: Any) -> Terms:
    """Return the protocol under conditions."""
    return replace(PROTOCOL, conditions=Conditions(**conditions))


@pytest.mark.parametrize(
    ("asked", "verdict", "detail"),
    [
        ({}, Verdict.COVERED, None),
        ({"service": "DOSSIER", "service_version": "1.0"}, Verdict.COVERED, None),
        ({"recipient": "OCMW"}, Verdict.NO_AUTHORISATION, ()),
        ({"provider": "DISCIMUS"}, Verdict.NO_AUTHORISATION, ()),
        ({"moment": at(2016, 1, 1) - 1}, Verdict.NOT_YET_VALID, ()),
        ({"moment": at(2016, 1, 1)}, Verdict.COVERED, None),
        ({"moment": at(2017, 1, 1) - 1}, Verdict.COVERED, None),
        ({"moment": at(2017, 1, 1)}, Verdict.EXPIRED, ()),
        ({"environment": "test"}, Verdict.ENVIRONMENT_OUTSIDE, ("test",)),
        ({"service": "DOSSIER"}, Verdict.SERVICE_OUTSIDE, ("DOSSIER/2.0",)),
        ({"categories": ("HEALTH", "LEVEL", "RACE", "HEALTH")}, Verdict.CATEGORY_OUTSIDE, ("HEALTH", "RACE")),
        ({"purpose": "CURIOSITY"}, Verdict.PURPOSE_OUTSIDE, ("CURIOSITY",)),
        ({"legal_basis": "NONE"}, Verdict.LEGAL_BASIS_NOT_NAMED, ("NONE",)),
        ({"route": "KSZ"}, Verdict.ROUTE_OUTSIDE, ("KSZ",)),
    ],
)
def test_each_verdict_names_what_stands_in_the_way(
    asked: dict[str, Any], verdict: Verdict, detail: tuple[str, ...] | None
) -> None:
    judgement = judge(PROTOCOL, **asked)
    assert judgement.verdict is verdict
    assert [reason.detail for reason in judgement.reasons] == ([] if detail is None else [detail])
    assert judgement.authorisation == ("" if verdict is Verdict.NO_AUTHORISATION else "PROTOCOL/1")


def test_a_withdrawn_instrument_covers_nothing_from_that_moment_on() -> None:
    withdrawn = replace(PROTOCOL, withdrawn_from=NOON)
    assert judge(withdrawn, moment=NOON - 1).verdict is Verdict.COVERED
    assert judge(withdrawn).verdict is Verdict.WITHDRAWN


def test_a_suspended_instrument_covers_nothing_until_the_suspension_is_lifted() -> None:
    hour = 3_600_000_000
    suspended = replace(PROTOCOL, suspended=((NOON, NOON + hour), (NOON + 2 * hour, None)))
    assert judge(suspended, moment=NOON - 1).verdict is Verdict.COVERED
    assert judge(suspended).verdict is Verdict.SUSPENDED
    assert judge(suspended, moment=NOON + hour).verdict is Verdict.COVERED
    assert judge(suspended, moment=NOON + 3 * hour).verdict is Verdict.SUSPENDED


def test_what_has_ended_for_good_is_not_called_suspended() -> None:
    suspended = replace(PROTOCOL, suspended=((at(2015, 1, 1), None),))
    assert judge(replace(suspended, withdrawn_from=NOON)).verdict is Verdict.WITHDRAWN
    assert judge(suspended, moment=at(2017, 1, 1)).verdict is Verdict.EXPIRED
    assert judge(suspended, moment=at(2015, 2, 1)).verdict is Verdict.NOT_YET_VALID


def test_all_reasons_are_listed_and_the_heaviest_is_the_verdict() -> None:
    narrow = replace(
        PROTOCOL,
        valid_until=NOON,
        conditions=Conditions(
            hours=Hours(start="13:00", end="17:00"), ceilings=(Ceiling(0, "day"),), user_groups=("adviser",)
        ),
    )
    judgement = judge(
        narrow,
        environment="test",
        service="OTHER",
        categories=("HEALTH",),
        purpose="OTHER",
        legal_basis="OTHER",
        route="OTHER",
        user_group="clerk",
        usage=Usage(),
    )
    assert judgement.verdict is Verdict.EXPIRED
    assert [reason.verdict for reason in judgement.reasons] == [
        Verdict.EXPIRED,
        Verdict.ENVIRONMENT_OUTSIDE,
        Verdict.SERVICE_OUTSIDE,
        Verdict.CATEGORY_OUTSIDE,
        Verdict.PURPOSE_OUTSIDE,
        Verdict.LEGAL_BASIS_NOT_NAMED,
        Verdict.ROUTE_OUTSIDE,
        Verdict.CONDITION_BROKEN,
        Verdict.CONDITION_BROKEN,
        Verdict.CONDITION_BROKEN,
    ]
    assert [reason.detail for reason in judgement.reasons[-3:]] == [
        ("hours",),
        ("user-group", "clerk"),
        ("ceiling", "0", "day"),
    ]


def test_the_newest_version_that_began_speaks_alone() -> None:
    second = replace(PROTOCOL, number=2, valid_from=at(2016, 6, 1), purposes=frozenset({"TRAINING"}))
    assert judge(PROTOCOL, second).authorisation == "PROTOCOL/1"
    later = judge(PROTOCOL, second, moment=at(2016, 6, 1))
    assert (later.verdict, later.authorisation) == (Verdict.PURPOSE_OUTSIDE, "PROTOCOL/2")


def test_a_newer_version_with_an_earlier_beginning_takes_the_place_of_the_older_from_there() -> None:
    wider = replace(PROTOCOL, number=2, valid_from=at(2015, 6, 1), purposes=frozenset({"MEDIATION", "TRAINING"}))
    assert judge(PROTOCOL, wider, moment=at(2015, 5, 31)) == judge(wider, moment=at(2015, 5, 31))
    for moment in (at(2015, 6, 1), NOON):
        assert judge(PROTOCOL, wider, moment=moment, purpose="TRAINING").authorisation == "PROTOCOL/2"


def test_a_newer_version_that_names_a_party_no_more_ends_its_cover() -> None:
    second = replace(PROTOCOL, number=2, valid_from=at(2016, 6, 1), recipients=frozenset({"VMSW"}))
    third = replace(PROTOCOL, number=3, valid_from=at(2016, 9, 1))
    terms = (PROTOCOL, second, third)
    told = [(judge(*terms, moment=at(2016, month, 1))) for month in (5, 6, 8, 9)]
    assert [(one.verdict, one.authorisation) for one in told] == [
        (Verdict.COVERED, "PROTOCOL/1"),
        (Verdict.EXPIRED, "PROTOCOL/1"),
        (Verdict.EXPIRED, "PROTOCOL/1"),
        (Verdict.COVERED, "PROTOCOL/3"),
    ]
    assert judge(*terms, moment=at(2016, 7, 1), recipient="VMSW").authorisation == "PROTOCOL/2"


def test_of_two_instruments_the_one_that_covers_speaks_and_else_the_one_with_least_against_it() -> None:
    other = replace(PROTOCOL, authorisation="GENERAL", purposes=frozenset({"TRAINING"}), routes=frozenset({"KSZ"}))
    assert judge(PROTOCOL, other).authorisation == "PROTOCOL/1"
    assert judge(PROTOCOL, other, purpose="TRAINING", route="KSZ").authorisation == "GENERAL/1"
    assert judge(PROTOCOL, other, purpose="TRAINING").authorisation == "GENERAL/1"
    begun_later = replace(PROTOCOL, authorisation="LATER", valid_from=at(2016, 2, 1))
    assert judge(PROTOCOL, begun_later).authorisation == "LATER/1"


def test_a_condition_of_one_instrument_does_not_stand_in_the_way_of_another() -> None:
    by_day = replace(with_conditions(hours=Hours(start="08:00", end="18:00")), authorisation="DAY")
    night = at(2016, 3, 1, 23)
    assert judge(by_day, moment=night).verdict is Verdict.CONDITION_BROKEN
    assert judge(by_day, PROTOCOL, moment=night).authorisation == "PROTOCOL/1"


@pytest.mark.parametrize(
    ("moment", "admitted"),
    [
        (at(2016, 3, 1, 6, 59), False),
        (at(2016, 3, 1, 7, 0), True),
        (at(2016, 3, 1, 18, 59), True),
        (at(2016, 3, 1, 19, 0), False),
        (at(2016, 3, 5, 12, 0), False),
    ],
)
def test_hours_are_those_of_brussels_on_the_days_that_are_named(moment: int, admitted: bool) -> None:  # noqa: FBT001
    office = with_conditions(hours=Hours(start="07:00", end="19:00"))
    judgement = judge(office, moment=moment)
    assert (judgement.verdict is Verdict.COVERED) is admitted
    assert admitted or judgement.reasons[0].detail == ("hours",)


def test_hours_follow_the_clock_on_the_days_on_which_it_changes() -> None:
    """On 27 March 2016 02:00 became 03:00, on 30 October 03:00 became 02:00."""
    early = with_conditions(hours=Hours(weekdays=(7,), start="02:30", end="03:30"))

    def admitted(day: tuple[int, int, int], hour: int, minute: int) -> bool:
        moment = microseconds(datetime(*day, hour, minute, tzinfo=UTC))
        return judge(early, moment=moment).verdict is Verdict.COVERED

    spring, autumn = (2016, 3, 27), (2016, 10, 30)
    # In spring the hour from 02:00 does not exist: 00:59 UTC is 01:59, 01:00 UTC is 03:00.
    assert [admitted(spring, *utc) for utc in ((0, 59), (1, 0), (1, 29), (1, 30))] == [False, True, True, False]
    # In autumn 02:30 comes twice, at 00:30 UTC and at 01:30 UTC; 02:00 between them is outside.
    assert [admitted(autumn, *utc) for utc in ((0, 29), (0, 30), (0, 59), (1, 0), (1, 30), (2, 29), (2, 30))] == [
        *(False, True, True, False, True, True, False)
    ]


def test_hours_past_midnight_belong_to_the_day_on_which_they_start() -> None:
    friday_night = with_conditions(hours=Hours(weekdays=(5,), start="22:00", end="06:00"))
    told = {
        (4, 21, 59): False,
        (4, 22, 0): True,
        (5, 5, 59): True,
        (5, 6, 0): False,
        (5, 23, 0): False,
        (4, 5, 0): False,
    }
    for when, admitted in told.items():
        assert (judge(friday_night, moment=at(2016, 3, *when)).verdict is Verdict.COVERED) is admitted


@pytest.mark.parametrize(
    "wrong", [{"from": "7:00"}, {"until": "25:00"}, {"from": "08:00", "until": "08:00"}, {"weekdays": [0]}]
)
def test_hours_that_could_not_be_compared_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Hours)


def test_only_named_groups_ask_by_hand_and_machines_are_no_group() -> None:
    advisers = with_conditions(user_groups=("adviser",))
    assert judge(advisers, user_group="adviser").verdict is Verdict.COVERED
    assert judge(advisers, user_group=None).verdict is Verdict.COVERED
    assert judge(advisers, user_group="clerk").reasons[0].detail == ("user-group", "clerk")
    assert judge(advisers, user_group="").reasons[0].detail == ("user-group",)


@pytest.mark.parametrize(
    ("period", "inside", "next_period"),
    [
        ("day", at(2016, 3, 1, 23, 59, 59), at(2016, 3, 2)),
        ("week", at(2016, 3, 6, 23, 59, 59), at(2016, 3, 7)),
        ("month", at(2016, 3, 31, 23, 59, 59), at(2016, 4, 1)),
        ("year", at(2016, 12, 31, 23, 59, 59), at(2017, 1, 1)),
    ],
)
def test_a_ceiling_is_reached_within_its_period_in_brussels_and_begins_again_with_the_next(
    period: Period, inside: int, next_period: int
) -> None:
    terms = replace(with_conditions(ceilings=(Ceiling(2, period),)), valid_until=None)
    one_after_the_other = Judge(coverage=Coverage([terms]), terms=[terms], usage=Usage())
    moments = (at(2016, 3, 1), at(2016, 3, 1, 12), inside, next_period)
    told = [one_after_the_other.judge(QUESTION, at=moment, user_group=None) for moment in moments]
    assert [judgement.verdict is Verdict.COVERED for judgement in told] == [True, True, False, True]
    assert told[2].reasons[0].detail == ("ceiling", "2", period)


def test_without_knowing_of_uses_a_ceiling_counts_as_not_reached() -> None:
    assert judge(with_conditions(ceilings=(Ceiling(0, "year"),))).verdict is Verdict.COVERED
