"""What no authorisation covers, or what goes beyond one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from compliance.detection.detectors.baseline import Baseline, Cover
from compliance.detection.detectors.finding import Tier
from compliance.detection.detectors.rules.category_beyond.detect import CATEGORY_BEYOND
from compliance.detection.detectors.rules.ceiling_broken.detect import CEILING_BROKEN
from compliance.detection.detectors.rules.expired_cover.detect import EXPIRED_COVER
from compliance.detection.detectors.rules.expiring_cover.detect import EXPIRING_COVER
from compliance.detection.detectors.rules.no_cover.detect import NO_COVER
from compliance.detection.detectors.rules.quoted_decision.detect import QUOTED_DECISION
from tests.detection.rules.days import DAY, MORNING, Row, exchange, found, said

NONE: Row = {"verdict": "no-authorisation", "reasons": "no-authorisation", "authorisation": ""}
OUTSIDE: Row = {"verdict": "category-outside", "reasons": "category-outside/HEALTH"}


def test_five_thousand_exchanges_without_cover_for_one_reason_are_one_finding_that_counts_them_exactly() -> None:
    rows = [exchange(n, at=MORNING + timedelta(seconds=n), person=n % 4000, **NONE) for n in range(5_000)]
    (one,) = found(NO_COVER, rows)
    assert (one.exchanges, one.persons, len(one.evidence), one.tier) == (5_000, 4_000, 50, Tier.LAW)
    assert said(one) == "VDAB used KBI-DOSSIER 5,000 times without any authorisation."


def test_each_reason_partner_and_service_is_a_finding_of_its_own() -> None:
    rows = [
        exchange(1, **NONE),
        exchange(2, **NONE, service="KBI-ATTEST"),
        exchange(3, **NONE, partner="VMSW"),
        exchange(4, verdict="purpose-outside", reasons="purpose-outside/OTHER,route-outside/DIRECT"),
    ]
    assert {(one.partner, one.service, one.series) for one in found(NO_COVER, rows)} == {
        ("VDAB", "KBI-DOSSIER", "no-authorisation"),
        ("VDAB", "KBI-ATTEST", "no-authorisation"),
        ("VMSW", "KBI-DOSSIER", "no-authorisation"),
        ("VDAB", "KBI-DOSSIER", "purpose-outside"),
    }


def test_hours_that_an_authorisation_sets_are_law_when_they_are_broken() -> None:
    (one,) = found(NO_COVER, [exchange(1, verdict="condition-broken", reasons="condition-broken/hours")])
    assert (one.tier, one.series) == (Tier.LAW, "condition-broken/hours")
    assert said(one) == "VDAB used KBI-DOSSIER once outside the hours that its authorisation sets."


def test_an_attempt_that_was_refused_weighs_less_than_data_that_were_given() -> None:
    refused = exchange(1, **NONE, outcome="refused", delivered="")
    (attempt,) = found(NO_COVER, [refused])
    (given,) = found(NO_COVER, [refused, exchange(2, **NONE)])
    assert (attempt.tier, given.tier) == (Tier.PATTERN, Tier.LAW)
    assert given.evidence[0].endswith("2")
    assert attempt.key == given.key


def test_what_is_tried_out_breaks_no_rule() -> None:
    rows = [
        exchange(1, **NONE, environment="acceptance"),
        exchange(2, **OUTSIDE, delivered="HEALTH", environment="test"),
    ]
    assert not found(NO_COVER, rows)
    assert not found(CATEGORY_BEYOND, rows)


def test_a_list_of_persons_is_one_exchange_about_many() -> None:
    rows = [exchange(1, **NONE) | {"person": person} for person in range(30)]
    (one,) = found(NO_COVER, rows)
    assert (one.exchanges, one.persons, len(one.evidence)) == (1, 30, 1)


def test_a_category_that_was_delivered_beyond_the_authorisation_is_told_by_name_and_only_once() -> None:
    rows = [exchange(1, **OUTSIDE, requested="HEALTH", delivered="HEALTH,IDENTIFICATION")]
    (one,) = found(CATEGORY_BEYOND, rows, Baseline(sensitive=frozenset({"HEALTH"})))
    assert (one.series, one.categories, one.tier) == ("authorised", ("HEALTH",), Tier.LAW)
    assert said(one) == "VDAB got from KBI-DOSSIER once what its authorisation does not name: HEALTH."
    assert not found(NO_COVER, rows)


def test_a_category_that_was_only_asked_for_is_no_delivery() -> None:
    rows = [exchange(1, **OUTSIDE, requested="HEALTH,IDENTIFICATION", delivered="IDENTIFICATION")]
    assert not found(CATEGORY_BEYOND, rows)
    (one,) = found(NO_COVER, rows)
    assert one.series == "category-outside"


def test_more_than_was_asked_for_is_found_where_the_authorisation_would_have_allowed_it() -> None:
    (one,) = found(CATEGORY_BEYOND, [exchange(1, requested="IDENTIFICATION", delivered="IDENTIFICATION,TRAJECTORY")])
    assert (one.series, one.facts["categories"]) == ("requested", "TRAJECTORY")


def test_who_tells_no_request_is_not_held_against_it() -> None:
    assert not found(CATEGORY_BEYOND, [exchange(1, requested="", delivered="IDENTIFICATION")])


def test_an_authorisation_that_had_ended_is_found_with_the_days_since() -> None:
    cover = Cover(
        authorisation="VTC-VB-2014-01/2", partner="VDAB", ends=MORNING - timedelta(days=3), services=frozenset()
    )
    rows = [exchange(1, verdict="expired", reasons="expired")]
    (one,) = found(EXPIRED_COVER, rows, Baseline(covers=(cover,)))
    assert (one.tier, one.series, one.facts["days"]) == (Tier.LAW, "VTC-VB-2014-01/2", 3)
    assert not found(NO_COVER, rows)


def _ending(*, days: int, code: str = "VTC-VB-2014-01/2") -> Cover:
    ends = datetime(2016, 5, 11, 22, tzinfo=UTC) + timedelta(days=days)
    return Cover(authorisation=code, partner="VDAB", ends=ends, services=frozenset())


def _key(passed: int) -> str:
    ends_soon = Baseline(covers=(_ending(days=30),))
    days = timedelta(days=passed)
    (one,) = found(EXPIRING_COVER, [exchange(1, at=MORNING + days)], ends_soon, day=DAY + days)
    return one.key


def test_an_authorisation_in_use_that_ends_soon_is_one_finding_from_step_to_step() -> None:
    assert not found(EXPIRING_COVER, [exchange(1)], Baseline(covers=(_ending(days=40),)))
    assert len({_key(passed) for passed in range(30)}) == 4  # 30, 14, 7 and 1 days before the end
    assert _key(0) == _key(15)


def test_an_authorisation_that_has_a_successor_or_is_not_used_may_end() -> None:
    with_successor = (_ending(days=5), _ending(days=400, code="VTC-VB-2014-01/3"))
    assert not found(EXPIRING_COVER, [exchange(1)], Baseline(covers=with_successor))
    open_ended = Cover(authorisation="VTC-VB-2014-01/1", partner="VDAB", ends=None, services=frozenset())
    assert found(EXPIRING_COVER, [exchange(1)], Baseline(covers=(open_ended, _ending(days=5))))
    assert not found(EXPIRING_COVER, [exchange(1, authorisation="OTHER/1")], Baseline(covers=(_ending(days=5),)))


def test_a_ceiling_is_broken_by_the_verdict_or_by_the_count() -> None:
    cover = Cover(
        authorisation="VTC-VB-2014-01/2",
        partner="VDAB",
        ends=None,
        services=frozenset(),
        ceilings=(("week", 10),),
        used={"week": 12},
    )
    broken: Row = {"verdict": "condition-broken", "reasons": "condition-broken/ceiling"}
    (judged,) = found(CEILING_BROKEN, [exchange(1, **broken), exchange(2)])
    assert (judged.tier, judged.facts["judged"], judged.evidence) == (Tier.LAW, 1, (exchange(1)["exchange"],))
    (counted,) = found(CEILING_BROKEN, [exchange(1)], Baseline(covers=(cover,)))
    assert counted.period == "2016-05-09/week"
    assert said(counted) == "VDAB used VTC-VB-2014-01 12 times that week; 10 are allowed."
    assert not found(NO_COVER, [exchange(1, **broken)])
    assert not found(CEILING_BROKEN, [exchange(1)])


def test_a_decision_that_does_not_hold_is_found_by_what_is_wrong_with_it() -> None:
    rows = [
        exchange(1, decision="matches"),
        exchange(2, decision="differs/purpose/route"),
        exchange(3, decision="differs/route"),
        exchange(4, decision="not-ours"),
        exchange(5, decision="denied"),
    ]
    told = {one.series: one for one in found(QUOTED_DECISION, rows)}
    assert set(told) == {"differs", "not-ours", "denied"}
    assert (told["differs"].exchanges, told["differs"].facts["differs"]) == (2, "purpose, route")
    assert (told["denied"].tier, told["not-ours"].tier) == (Tier.LAW, Tier.PATTERN)


def test_who_was_told_no_and_left_it_at_that_is_not_accused() -> None:
    assert not found(QUOTED_DECISION, [exchange(1, decision="denied", outcome="refused", delivered="")])
