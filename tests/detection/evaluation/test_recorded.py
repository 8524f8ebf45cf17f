"""What is found in tables made at once is found in what was recorded through the writer and read back by the engine."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl
import pytest

from compliance.authorisations.snapshot import current_snapshot
from compliance.detection.detectors.history import History
from compliance.detection.detectors.make_window import make_window
from compliance.detection.detectors.run import detect
from compliance.detection.detectors.window import TRAFFIC
from compliance.detection.evaluation.dossiers import dossiers_of
from compliance.detection.evaluation.frames import Frames
from compliance.detection.evaluation.pseudonyms import Pseudonyms
from compliance.detection.in_force import in_force
from compliance.detection.look import look
from compliance.detection.models import Dossier, Finding
from compliance.detection.reading.register import read_register
from compliance.detection.reading.traffic import read_traffic
from compliance.exchanges import bulk
from compliance.exchanges.recorded import Reporter
from compliance.kernel.clock import now
from compliance.ledger.keyring import keyring
from compliance.registry.keeper import keeper
from compliance.simulation.chance import chance
from compliance.simulation.days import days
from compliance.simulation.misuse.label import Kind
from compliance.simulation.misuse.plan import Misuse, plant
from compliance.simulation.recorder import REPLAYER
from compliance.simulation.telling import tell
from compliance.simulation.world import World
from tests.detection.engine.worlds import follow_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.simulation.days import Day

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

SEED, EVERYTHING = 5, 2**62
STRETCH = days()[25:29]
# Trials would have to be registered, and what depends on when it was recorded is recorded all at once here.
NOT_HERE = {Kind.EXPIRED, Kind.CEILING, Kind.GAP, Kind.CLOCK}
BY_WHEN_RECORDED = {"clock-drift", "sequence-gap"}
FROM_THE_REGISTER = ("calendar", "feeding", "office_hours", "covers", "sensitive", "batch_purposes")
OF_THE_TELLING = [name for name in TRAFFIC if name not in {"exchange", "recorded_at", "number_range"}]


@pytest.fixture
def misuse() -> Misuse:
    """Return a few days of a small world in which much is planted."""
    world = World(seed=SEED, scale=Fraction(1, 400))
    kinds = [kind for kind in Kind if kind not in NOT_HERE]
    return plant(world, seed=SEED, first=20, last=60, each=3, kinds=kinds)


@pytest.fixture
def frames() -> Frames:
    """Return what makes tables, with the register and the pseudonyms of the database."""
    return Frames(terms=current_snapshot().terms, pseudonyms=Pseudonyms(keyring().lookup))


def recorded(misuse: Misuse, stretch: Sequence[Day]) -> None:
    """Record days through the writer that all exchanges go through, and follow them."""
    number = 1
    for day in stretch:
        acts, _ = misuse.acts(day)
        reports = tell(acts, day=day.date, first_number=number, stream=chance(SEED, "telling", day.date))
        list(bulk.write(reports=reports, reporter=Reporter(actor=REPLAYER, organisation=keeper())))
        number += len(acts)
    follow_all()


def tables(misuse: Misuse, frames: Frames, stretch: Sequence[Day]) -> list[pl.DataFrame]:
    """Return the same days made at once."""
    number, made = 1, []
    for day in stretch:
        acts, named = misuse.acts(day)
        told = frames.of(day, acts, named=named, number=number, late=frozenset())
        made.append(told.traffic)
        number = told.next_number
    return made


def test_a_table_made_at_once_is_the_one_that_is_read_back(misuse: Misuse, frames: Frames) -> None:
    recorded(misuse, STRETCH[:2])
    for day, made in zip(STRETCH[:2], tables(misuse, frames, STRETCH[:2]), strict=True):
        read = read_traffic(day.date, below=EVERYTHING).rows
        by = ["sequence", "person"]
        assert made.select(OF_THE_TELLING).sort(by).equals(read.select(OF_THE_TELLING).sort(by))


def test_the_engine_finds_in_what_was_recorded_what_is_found_in_tables(misuse: Misuse, frames: Frames) -> None:
    listed = dossiers_of(misuse, pseudonyms=frames.pseudonyms, missing=0.03, seed=SEED)
    Dossier.objects.bulk_create(
        Dossier(**{**row, "dossier": place, "told_at": now()})
        for place, row in enumerate(listed.filter(pl.col("partner") != "OCMW-ANTWERPEN").iter_rows(named=True))
    )
    recorded(misuse, STRETCH)
    history, expected = History(), set()
    for day, made in zip(STRETCH, tables(misuse, frames, STRETCH), strict=True):
        baseline = replace(
            history.baseline(day.date),
            **{name: getattr(read_register(day.date), name) for name in FROM_THE_REGISTER},
            dossiers=listed,
        )
        window = make_window(day.date, made, baseline)
        detected = detect(window, baseline, in_force().settings)
        assert not detected.failures
        expected |= {(one.detector, one.key) for one in detected.findings}
        history.take(window)
        assert look(day.date, using=in_force()) is not None
    kept = set(Finding.objects.exclude(detector__in=BY_WHEN_RECORDED).values_list("detector", "key"))
    assert len(expected) > 20
    assert kept == {(name, key) for name, key in expected if name not in BY_WHEN_RECORDED}
