"""History is judged again at its own moments, by other authorisations, and nothing changes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from compliance.authorisations.models import Authorisation
from compliance.authorisations.narrow import Narrowing, narrow
from compliance.authorisations.snapshot import current_snapshot
from compliance.authorisations.terms import Ceiling, Conditions
from compliance.authorisations.withdraw import withdraw
from compliance.exchanges.bulk import write
from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.exchanges.recorded import Reporter
from compliance.exchanges.rejudge import rejudge
from compliance.exchanges.rejudgement import Change, Rejudgement
from compliance.kernel.actor import Actor, ActorKind, system
from compliance.simulation.days import days
from compliance.simulation.world import World
from tests.exchanges.world import GATEWAY, report

OPERATOR = Actor(kind=ActorKind.PERSON, name="operator")
ALONE = ("TEST-PROTOCOL",)


def asked(number: int, **changes: Any) -> str:
    """Record an exchange of March 2016, and return its id."""
    told = report(message_reference=f"r-{number}", started_at=f"2016-03-{number:02d}T09:00:00Z", **changes)
    return str(record(reports=[told], reporter=GATEWAY)[0].id)


def again(**options: Any) -> Rejudgement:
    """Judge March 2016 again."""
    return rejudge(**{"first": date(2016, 3, 1), "last": date(2016, 3, 31), **options})


def narrowed(**how: Any) -> Rejudgement:
    """Judge March 2016 as if the protocol had been narrower."""
    terms = [version for version in current_snapshot().terms if version.authorisation in ALONE]
    return again(terms=narrow(terms, Narrowing(authorisation="TEST-PROTOCOL", **how)))


def rejudged(*options: str) -> str:
    """Run the command on March 2016."""
    out = io.StringIO()
    call_command("rejudge", "--from=2016-03-01", "--to=2016-03-31", *options, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("world")
def test_by_the_same_authorisations_nothing_differs() -> None:
    asked(1)
    asked(2, purpose="ONBEKEND")
    asked(3, asker={"organisation": "VMSW", "on_behalf_of": "VDAB"})
    found = again()
    assert (found.judged, found.differing, found.changes, found.examples) == (3, 0, (), ())


@pytest.mark.usefixtures("register")
def test_a_year_of_every_kind_of_exchange_gets_its_own_verdicts_again() -> None:
    world = World(seed=5, scale=Fraction(1, 3_000))
    us = Reporter(actor=system("test"), organisation="KBI")
    told = (one for day in days() for one in world.reports(day, identify=lambda first: _identity(first, us)))
    for _ in write(reports=told, reporter=us):
        pass
    found = rejudge(first=date(2016, 1, 1), last=date(2016, 12, 31))
    assert found.judged == Exchange.objects.exclude(id__in=_corrected()).count() > 5_000
    assert found.changes == ()
    assert Exchange.objects.not_covered().count() > 5


def _identity(told: Any, reporter: Reporter) -> str:
    from compliance.exchanges.prepare import key  # noqa: PLC0415 - only here
    from compliance.kernel.record_id import text_of  # noqa: PLC0415 - only here

    return text_of(key(told, producer=reporter.organisation).id)


def _corrected() -> list[Any]:
    return [corrects for corrects in Exchange.objects.values_list("corrects", flat=True) if corrects]


@pytest.mark.usefixtures("world")
def test_what_would_have_been_outside_is_counted_by_verdict_partner_and_service() -> None:
    first = [asked(number) for number in (1, 2, 3)]
    asked(4, categories_requested=["IDENTIFICATIE"], categories_delivered=["IDENTIFICATIE"])
    asked(5, purpose="ONBEKEND")
    found = narrowed(categories=frozenset({"TRAJECT"}))
    assert found.changes == (
        Change("covered", "category-outside", "VDAB", "KBI-TRAJECT", 3),
        Change("purpose-outside", "category-outside", "VDAB", "KBI-TRAJECT", 1),
    )
    assert (found.judged, found.differing, found.newly_outside) == (5, 4, 3)
    assert found.by_verdict() == {("covered", "category-outside"): 3, ("purpose-outside", "category-outside"): 1}
    assert found.by_partner_and_service() == {("VDAB", "KBI-TRAJECT"): 4}
    assert [str(example.id) for example in found.examples[:3]] == first
    assert found.examples[0].authorisation == "TEST-PROTOCOL/1"
    assert len(narrowed(categories=frozenset({"TRAJECT"})).examples) == 4


@pytest.mark.usefixtures("world")
def test_each_exchange_is_judged_at_its_own_moment() -> None:
    for number in (1, 10, 20):
        asked(number)
    withdraw(
        authorisation=Authorisation.objects.get(code="TEST-PROTOCOL"),
        withdrawn_from=datetime(2016, 3, 15, tzinfo=UTC),
        actor=OPERATOR,
        reason="The parties agreed to end it.",
    )
    found = again()
    assert found.changes == (Change("covered", "withdrawn", "VDAB", "KBI-TRAJECT", 1),)
    assert again(last=date(2016, 3, 14)).differing == 0
    # They all began at ten o'clock in Brussels.
    assert narrowed(hours=("10:00", "10:01")).by_verdict() == {("covered", "withdrawn"): 1}
    assert narrowed(hours=("10:01", "24:00")).by_verdict() == {
        ("covered", "condition-broken"): 2,
        ("covered", "withdrawn"): 1,
    }


@pytest.mark.usefixtures("world")
def test_no_row_changes_and_no_transaction_that_writes_is_begun() -> None:
    asked(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), pg_current_xact_id_if_assigned() FROM exchanges_exchange")
        before = cursor.fetchone()
        narrowed(purposes=frozenset({"BEMIDDELING"}))
        cursor.execute("SELECT count(*), pg_current_xact_id_if_assigned() FROM exchanges_exchange")
        assert cursor.fetchone() == before
    assert Exchange.objects.get().verdict == "covered"


@pytest.mark.usefixtures("world")
def test_what_was_corrected_is_judged_as_its_correction_says() -> None:
    wrong = asked(1, purpose="ONBEKEND")
    asked(2, corrects=wrong)
    found = narrowed(purposes=frozenset({"BEMIDDELING"}))
    assert (found.judged, found.differing) == (1, 1)


@pytest.mark.usefixtures("world")
def test_ceilings_count_from_the_start_of_their_period_in_the_order_of_the_exchanges() -> None:
    last, *others = [asked(number) for number in (20, 1, 2, 10)]
    asked(21, asker={"organisation": "VMSW"})
    (terms,) = (version for version in current_snapshot().terms if version.authorisation in ALONE)
    limited = [
        replace(terms, conditions=Conditions(ceilings=(Ceiling(3, "month"),)), recipients=frozenset({"VDAB", "VMSW"}))
    ]
    found = again(terms=limited, first=date(2016, 3, 15))
    assert found.judged == 2
    assert {str(example.id): (example.old, example.new) for example in found.examples}[last] == (
        "covered",
        "condition-broken",
    )
    assert again(terms=limited, partner="VMSW").by_verdict() == {("service-outside", "condition-broken"): 1}
    assert again(terms=limited, last=date(2016, 3, 10)).differing == 0
    assert len(others) == 3


@pytest.mark.usefixtures("world")
def test_partner_and_service_narrow_the_question() -> None:
    asked(1)
    asked(2, asker={"organisation": "VMSW"})
    asked(3, service={"code": "KBI-ANDERS", "version": "1.0"})
    assert [again(**asked_for).judged for asked_for in ({}, {"partner": "VDAB"}, {"service": "KBI-ANDERS"})] == [
        3,
        2,
        1,
    ]
    assert again(partner="VDAB", service="KBI-TRAJECT").judged == 1
    assert again(partner="NIEMAND").judged == 0
    assert again(first=date(2016, 3, 2), last=date(2016, 3, 2)).judged == 1


@pytest.mark.usefixtures("world")
def test_the_report_says_what_would_have_been_in_sentences() -> None:
    found = Rejudgement(
        first=date(2016, 1, 1),
        last=date(2016, 12, 31),
        judged=18_498_776,
        changes=(Change("covered", "category-outside", "VDAB", "KBI-DOSSIER", 1_204),),
        examples=(),
    )
    with override("en"):
        first, second = found.sentences(narrowed="VTC-VB-2014-01")
    assert first == (
        "If VTC-VB-2014-01 had been narrowed so, these 1,204 exchanges from Jan. 1, 2016 to Dec. 31, 2016 "
        "would have been outside, of 18,498,776."
    )
    assert second == "1,204 exchanges would be “category outside” instead of “covered”."
    with override("nl"):
        assert "1.204" in next(found.sentences())


@pytest.mark.usefixtures("world")
def test_the_command_answers_people_and_scripts() -> None:
    example = asked(1)
    told = json.loads(rejudged("--authorisation=TEST-PROTOCOL", "--without-category=TRAJECT", "--json"))
    assert (told["judged"], told["newly_outside"], told["examples"][0]["id"]) == (1, 1, example)
    assert told["changes"][0] == {
        "old": "covered",
        "new": "category-outside",
        "partner": "VDAB",
        "service": "KBI-TRAJECT",
        "exchanges": 1,
    }
    with override("en"):
        printed = rejudged(
            "--authorisation=TEST-PROTOCOL/1", "--valid-until=2016-02-01", "--without-service=KBI-TRAJECT"
        )
        assert "1 exchange from" in printed
        assert f"{example}  covered → expired  TEST-PROTOCOL/1" in printed
        assert "0 exchanges" in rejudged()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--without-category=TRAJECT"], "--authorisation"),
        (["--authorisation=TEST-PROTOCOL"], "--without-category"),
        (["--authorisation=NONE", "--only-hours=08:00-18:00"], "There is no authorisation NONE"),
        (["--authorisation=TEST-PROTOCOL", "--without-purpose=NONE"], "does not name NONE"),
        (["--authorisation=TEST-PROTOCOL", "--without-service=KBI-TRAJECT/1.0"], "does not name KBI-TRAJECT/1.0"),
        (["--authorisation=TEST-PROTOCOL", "--only-hours=18:00-08:00"], "in common"),
        (["--authorisation=TEST-PROTOCOL", "--only-hours=8-18"], "only-hours"),
        (["--to=2016-02-01"], "before the first"),
    ],
)
def test_a_question_that_says_nothing_is_refused(options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        rejudged(*options)
