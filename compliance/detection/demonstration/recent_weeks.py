"""Tell the past four weeks of a small world, with misuse planted in it, as a producer would have reported them.

Spring of the replay is taken, when every link was up, and moved by whole weeks and to the hour of the clock: what was
done on a Tuesday at nine is done on a Tuesday at nine. What is told is stated in the register, once.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
from msgspec import structs

from compliance.detection.evaluation.dossiers import dossiers_of
from compliance.detection.evaluation.pseudonyms import Pseudonyms
from compliance.detection.models import Dossier
from compliance.exchanges import bulk
from compliance.exchanges.recorded import Reporter
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, now
from compliance.ledger.keyring import keyring
from compliance.ledger.months import ensure_months, month_of
from compliance.registry.append_change import append_change
from compliance.registry.keeper import keeper
from compliance.registry.models import RegisterChange
from compliance.simulation.chance import chance
from compliance.simulation.days import days
from compliance.simulation.misuse.label import Kind
from compliance.simulation.misuse.plan import Misuse, plant
from compliance.simulation.telling import tell
from compliance.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.exchanges.submission import Submission
    from compliance.simulation.days import Day

WEEKS: Final = 4
SCALE: Final = Fraction(1, 100)
SEED: Final = 19
MISSING: Final = 0.03
PLANTED: Final = (Kind.REPEAT, Kind.MANY, Kind.NAME_SEARCH, Kind.OWN, Kind.VIP, Kind.OFF_HOURS, Kind.BEYOND, Kind.SPIKE)
TELLER: Final = system("recent-weeks")
KIND, CODE = "demonstration", "recent-weeks"
_LAST: Final = date(2016, 6, 20)
"""The week that follows is the last that is told: no holiday lies in the four weeks before its end, and no outage."""


class Told(NamedTuple):
    """What was told: the first and the last day, and how many reports."""

    first: date
    last: date
    reports: int


def tell_recent_weeks() -> Told | None:
    """Record four weeks that end yesterday, and the dossiers of partners; ``None`` when that was done before."""
    if RegisterChange.objects.filter(kind=KIND, code=CODE).exists():
        return None
    yesterday = now().astimezone(BRUSSELS).date() - timedelta(days=1)
    ended = _LAST + timedelta(days=(yesterday.weekday() - _LAST.weekday()) % 7)
    moved = yesterday - ended
    chosen = [day for day in days() if ended - timedelta(weeks=WEEKS) < day.date <= ended]
    misuse = plant(
        World(seed=SEED, scale=SCALE),
        seed=SEED,
        first=chosen[0].number,
        last=chosen[-1].number + 1,
        each=1,
        kinds=PLANTED,
    )
    _list_dossiers(misuse, moved)
    ensure_months({month_of(datetime.combine(day.date + moved, time(12), tzinfo=BRUSSELS)) for day in chosen})
    reporter = Reporter(actor=TELLER, organisation=keeper())
    reports = sum(
        chunk.new for day in chosen for chunk in bulk.write(reports=_reports(misuse, day, moved), reporter=reporter)
    )
    told = Told(chosen[0].date + moved, yesterday, reports)
    _state(told)
    return told


def _reports(misuse: Misuse, day: Day, moved: timedelta) -> Iterator[Submission]:
    acts, _labels = misuse.acts(day)
    on = day.date + moved
    midnight = datetime.combine(on, time(), tzinfo=BRUSSELS).timestamp() * 1000
    later = timedelta(milliseconds=midnight - day.start)
    stream = chance(SEED, "recent-weeks", on)
    for report in tell(acts, day=on, first_number=1, stream=stream):
        ended = None if report.ended_at is None else report.ended_at + later
        # The producer numbers 2016 already: of these weeks nothing is numbered.
        yield structs.replace(report, started_at=report.started_at + later, ended_at=ended, producer_sequence=None)


def _list_dossiers(misuse: Misuse, moved: timedelta) -> None:
    listed = dossiers_of(misuse, pseudonyms=Pseudonyms(keyring().lookup), missing=MISSING, seed=SEED)
    told_at = now()
    shifted = listed.with_columns(pl.col("opened", "closed").dt.offset_by(f"{moved.days}d"))
    rows = shifted.with_row_index("place").with_columns(dossier=pl.coalesce("dossier", pl.col("place").cast(pl.Int64)))
    Dossier.objects.bulk_create(
        (Dossier(**row, told_at=told_at) for row in rows.drop("place").iter_rows(named=True)),
        batch_size=5_000,
        ignore_conflicts=True,
    )


def _state(told: Told) -> None:
    append_change(
        kind=KIND,
        code=CODE,
        state={"first": str(told.first), "last": str(told.last), "reports": str(told.reports)},
        actor=TELLER,
        reason="Four weeks of a small world were told, with misuse planted in it. They are invented.",
    )
