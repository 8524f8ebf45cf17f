"""What of an authorisation was used is counted once, under everything that an exchange names."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from compliance.exchanges.models import Exchange
from compliance.exchanges.read_leaf import read_leaf
from compliance.exchanges.record import record
from compliance.kernel.clock import BRUSSELS
from compliance.pipeline import follow_use
from compliance.statistics.catch_up import catch_up, catch_up_with_all
from compliance.statistics.counting_use import USE
from compliance.statistics.follow import follow
from compliance.statistics.models import HourCount, VersionUse
from compliance.statistics.rebuild import compare, rebuild
from compliance.statistics.vocabulary import UseKind
from tests.exchanges.world import GATEWAY, make_world, report
from tests.statistics.conftest import months
from tests.statistics.factory import MORNING, add_told

if TYPE_CHECKING:
    from uuid import UUID

    import psycopg

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

KEY = ("authorisation", "partner", "month", "environment", "verdict", "kind", "code")


def told(**changes: Any) -> UUID:
    """Record one entry with its bytes in a transaction of its own."""
    months(changes.get("started_at", MORNING))
    with transaction.atomic(), connection.cursor() as database:
        return add_told(database, **changes)


def uses(kind: UseKind, *, verdict: str = "covered") -> dict[str, int]:
    """Return what was used of a kind, and how often."""
    rows = VersionUse.objects.filter(kind=kind, verdict=verdict).values_list("code").annotate(total=Sum("count"))
    return {code: total for code, total in rows if total}


def kept() -> dict[tuple[object, ...], int]:
    """Return all counts that are something."""
    rows = VersionUse.objects.exclude(count=0).values_list(*KEY, "count")
    return {row[:-1]: row[-1] for row in rows}


def as_the_entries_say() -> dict[tuple[object, ...], int]:
    """Count in Python, from each entry read as JSON, without what was corrected."""
    corrected = [one for one in Exchange.objects.values_list("corrects", flat=True) if one is not None]
    counts: Counter[tuple[object, ...]] = Counter()
    for one in Exchange.objects.exclude(id__in=corrected).exclude(authorisation=""):
        leaf, local = read_leaf(exchange_id=one.id), one.started_at.astimezone(BRUSSELS)
        things = {
            (UseKind.EXCHANGE, ""),
            (UseKind.SERVICE, f"{one.service}/{one.service_version}"),
            (UseKind.PURPOSE, one.purpose),
            (UseKind.LEGAL_BASIS, one.legal_basis),
            (UseKind.ROUTE, one.route),
            (UseKind.HOUR, f"{local.isoweekday()}-{local:%H}"),
            *((UseKind.REQUESTED, code) for code in leaf.categories_requested),
            *((UseKind.DELIVERED, code) for code in leaf.categories_delivered),
        }
        for reason in leaf.verdict.reasons:
            details = reason.detail[:1] if reason.code == "condition-broken" else reason.detail
            things |= {
                (UseKind.REASON, "/".join((reason.code, *([detail] if detail else [])))) for detail in details or [""]
            }
        month = local.date().replace(day=1)
        for kind, code in things:
            counts[one.authorisation, one.partner, month, one.environment, one.verdict, kind.value, code] += 1
    return dict(counts)


def test_an_exchange_counts_once_under_everything_that_it_names() -> None:
    told(requested=["A", "B", "A"], delivered=["A"])
    follow(counts=USE)
    assert kept() == {
        ("VDAB/PROTOCOL/2", "VDAB", date(2016, 3, 1), "production", "covered", kind, code): 1
        for kind, code in (
            ("exchange", ""),
            ("service", "KBI-TRAJECT/1.0"),
            ("requested", "A"),
            ("requested", "B"),
            ("delivered", "A"),
            ("purpose", "BEMIDDELING"),
            ("legal-basis", "VDAB-DECREET"),
            ("route", "MAGDA"),
            ("hour", "2-10"),
        )
    }


def test_why_an_exchange_was_not_covered_is_counted_with_what_stood_in_the_way() -> None:
    reasons = [
        {"code": "category-outside", "detail": ["HEALTH", "INCOME"]},
        {"code": "condition-broken", "detail": ["ceiling", "100", "day"]},
        {"code": "expired"},
    ]
    told(verdict="expired", reasons=reasons)
    follow(counts=USE)
    names = {"category-outside/HEALTH", "category-outside/INCOME", "condition-broken/ceiling", "expired"}
    assert uses(UseKind.REASON, verdict="expired") == dict.fromkeys(names, 1)


def test_what_no_authorisation_was_judged_for_is_no_use_of_one() -> None:
    told(authorisation="", verdict="no-authorisation")
    assert follow(counts=USE).entries == 0
    assert not VersionUse.objects.exists()


def test_hours_and_months_are_those_of_brussels() -> None:
    told(started_at=datetime(2016, 6, 30, 22, 30, tzinfo=UTC))  # half past midnight on Friday 1 July
    follow(counts=USE)
    assert uses(UseKind.HOUR) == {"5-00": 1}
    assert set(VersionUse.objects.values_list("month", flat=True)) == {date(2016, 7, 1)}


def test_a_correction_takes_away_all_that_the_original_used() -> None:
    original = told(requested=["A"], delivered=["A"], started_at=datetime(2016, 1, 31, 23, 30, tzinfo=UTC))
    follow(counts=USE)
    told(requested=["B"], corrects=original, started_at=datetime(2016, 1, 31, 22, 30, tzinfo=UTC))
    follow(counts=USE)
    assert (uses(UseKind.REQUESTED), uses(UseKind.DELIVERED)) == ({"B": 1}, {})
    assert compare(counts=USE) == []
    told(corrects=told(corrects=None, authorisation="OTHER/1"), authorisation="", verdict="no-authorisation")
    follow(counts=USE)
    assert uses(UseKind.EXCHANGE) == {"": 1}, "an original that was judged by one is taken away by one that was not"


def test_an_entry_that_commits_late_is_counted(other: psycopg.Connection) -> None:
    add_told(other, requested=["LATE"])
    told(requested=["EARLY"])
    assert follow(counts=USE).entries == 0
    other.commit()
    assert follow(counts=USE).entries == 2
    assert uses(UseKind.REQUESTED) == {"EARLY": 1, "LATE": 1}


def test_use_and_statistics_have_a_cursor_each(other: psycopg.Connection) -> None:
    follow()
    told()
    follow()
    assert HourCount.objects.aggregate(total=Sum("count"))["total"] == 1
    assert not VersionUse.objects.exists()
    other.execute("SELECT next_xid FROM compliance_followercursor WHERE follower = 'statistics' FOR UPDATE")
    assert follow().busy
    assert follow_use() == 1, "who counts the one does not hold up the other"


def test_windows_bound_a_transaction_and_miss_nothing() -> None:
    for number in range(5):
        told(requested=[f"C{number}"])
    assert follow(counts=USE, widest=1).entries <= 1
    assert catch_up(counts=USE).caught_up
    assert uses(UseKind.EXCHANGE) == {"": 5}


def test_what_is_kept_is_what_the_writers_entries_say() -> None:
    make_world()
    lies = 'x","categories_requested":["LIE"],"verdict":{"reasons":[{"code":"lie"}],"register_revision":1'
    reports = [
        report(message_reference="plain"),
        report(message_reference="none", categories_requested=[], categories_delivered=[]),
        report(message_reference="outside", categories_requested=["INKOMEN", "TRAJECT"], purpose="ANDERS"),
        report(message_reference="another-partner", asker={"organisation": "VMSW"}),
        report(message_reference="text", asker={"organisation": "VDAB", "application": lies[:80]}),
        report(
            message_reference="texts",
            asker={"organisation": "VDAB", "application": lies[17:97]},
            authorisation=lies[33:],
        ),
        report(message_reference="test", environment="acceptance", chain={"correlation_id": "a]b"}, exceptions=["],["]),
    ]
    first, *_others = record(reports=reports, reporter=GATEWAY)
    record(reports=[report(message_reference="better", corrects=str(first.id), purpose="NOG-ANDERS")], reporter=GATEWAY)
    catch_up_with_all(counts=USE)
    assert kept() == as_the_entries_say()
    assert any(key[4] == "category-outside" for key in kept())


def test_use_can_be_made_anew_and_every_difference_is_found() -> None:
    told(requested=["A"])
    told(requested=["A", "B"], delivered=["B"], corrects=told(partner="VMSW"))
    catch_up_with_all(counts=USE)
    before = kept()
    VersionUse.objects.filter(kind=UseKind.REQUESTED, code="A").update(count=7)
    VersionUse.objects.filter(kind=UseKind.DELIVERED).delete()
    assert {(row.kept, row.made) for row in compare(counts=USE)} == {(7, 2), (0, 1)}
    assert rebuild(counts=USE) == 3
    assert kept() == before
    assert follow(counts=USE).entries == 0
