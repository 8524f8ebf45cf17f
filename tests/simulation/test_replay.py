"""The replay is recorded by the real writer, once, and says at which scale it was made."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from io import StringIO
from itertools import islice
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from compliance.exchanges import bulk
from compliance.exchanges.models import Exchange, ExchangeCorrection
from compliance.exchanges.recorded import Reporter
from compliance.kernel.clock import BRUSSELS
from compliance.ledger.models import Entry
from compliance.registry.models import RegisterChange
from compliance.simulation.days import days
from compliance.simulation.demonstration import Demonstration, OtherReplayError, demonstration
from compliance.simulation.figures import Cell, discimus, monthly
from compliance.simulation.recorder import REPLAYER
from compliance.simulation.replay import begin
from compliance.simulation.scale import scaled
from compliance.simulation.world import World
from compliance.statistics.models import MonthCount

TINY = Fraction(1, 4_000)
pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]
RUN = {"scale": "1/4000", "seed": 8, "workers": 1, "json": True}


def replay(**options: Any) -> dict[str, Any]:
    """Run the command and return what it says it did."""
    out = StringIO()
    call_command("replay_2016", stdout=out, **{**RUN, **options})
    return dict(json.loads(out.getvalue()))


def test_what_is_recorded_gives_the_published_figures_back_at_scale() -> None:
    done = replay()
    rows = Exchange.objects.all()
    corrections = ExchangeCorrection.objects.count()
    counted = Counter(
        Cell(row.started_at.astimezone(BRUSSELS).date().replace(day=1), row.partner)
        for row in rows.filter(corrects=None)
    )
    assert {at: counted[at] for at in monthly()} == {at: scaled(figure, TINY) for at, figure in monthly().items()}
    asked = Counter(rows.filter(source="DISCIMUS").values_list("service_outcome", flat=True))
    assert asked == Counter({code: scaled(figure, TINY) for code, figure in discimus().items()})
    assert done["new"] == done["reports"] == rows.count() == Entry.objects.count() == counted.total() + corrections


def test_the_statistics_count_what_the_document_counts_and_a_correction_once() -> None:
    done = replay(scale="1/1000")
    kept = MonthCount.objects.values_list("month", "partner").annotate(total=Sum("count"))
    counted = {Cell(month, partner): total for month, partner, total in kept if partner != "DISCIMUS"}
    whole = Fraction(1, 1_000)
    assert counted == {at: scaled(figure, whole) for at, figure in monthly().items() if scaled(figure, whole)}
    asked = MonthCount.objects.filter(partner="DISCIMUS").aggregate(total=Sum("count"))["total"]
    automatic = MonthCount.objects.filter(partner="DISCIMUS", trigger="automatic").aggregate(total=Sum("count"))[
        "total"
    ]
    assert asked == sum(scaled(figure, whole) for figure in discimus().values())
    assert automatic == round(0.95 * asked)
    assert done["counted"] == done["new"]


def test_a_small_share_is_not_covered_and_the_rest_is() -> None:
    replay(scale="1/1000")
    verdicts = Counter(Exchange.objects.values_list("verdict", flat=True))
    outside = 1 - verdicts["covered"] / verdicts.total()
    assert 0.0005 < outside < 0.01
    assert {"category-outside", "purpose-outside", "service-outside"} <= verdicts.keys()
    assert not verdicts.keys() & {"no-authorisation", "not-yet-valid", "expired", "environment-outside"}


def test_a_second_run_adds_nothing_and_another_scale_or_seed_is_refused() -> None:
    first = replay()
    revision = RegisterChange.objects.latest("id").pk
    assert replay()["new"] == 0
    assert Exchange.objects.count() == first["new"]
    assert RegisterChange.objects.latest("id").pk == revision
    for other in ({"scale": "1/3000"}, {"seed": 9}):
        with pytest.raises(CommandError, match="scale 1/4000 from seed 8"):
            replay(**other)
    assert demonstration() == Demonstration(TINY, 8, complete=True)


def test_an_interrupted_run_goes_on_where_it_was_cut_off() -> None:
    assert begin(scale=TINY, seed=8).present == 0
    world, us = World(seed=8, scale=TINY), Reporter(actor=REPLAYER, organisation="KBI")
    half_a_day = islice(world.reports(days()[3], identify=str), 4)
    for day in (days()[0], days()[1]):
        list(bulk.write(reports=world.reports(day, identify=str), reporter=us))
    list(bulk.write(reports=half_a_day, reporter=us))
    cut_off = begin(scale=TINY, seed=8)
    there = Exchange.objects.count()
    assert cut_off.present == there - 4
    assert demonstration() == Demonstration(TINY, 8, complete=False)
    done = replay()
    assert done["new"] == done["reports"] - there
    assert Exchange.objects.count() == done["reports"]


def test_two_processes_record_the_same_as_one() -> None:
    done = replay(workers=2, scale="1/1000")
    assert done["new"] == done["reports"] == Exchange.objects.count()
    numbers = Exchange.objects.order_by("producer_sequence").values_list("producer_sequence", flat=True)
    assert list(numbers) == list(range(1, done["reports"] + 1))


def test_a_scale_that_is_none_is_refused_before_anything_is_recorded() -> None:
    with pytest.raises(CommandError, match="1/50"):
        replay(scale="everything")
    assert demonstration() is None


def test_no_scale_but_the_standing_one_can_begin() -> None:
    begin(scale=TINY, seed=8)
    with pytest.raises(OtherReplayError):
        begin(scale=Fraction(1), seed=8)
