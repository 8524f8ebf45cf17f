"""A stretch of the simulated year, day by day, as detection gets to see it, with what was planted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from compliance.authorisations.terms import period_start
from compliance.detection.detectors.baseline import Baseline, Calendar, OfficeHours, PlannedEvent
from compliance.detection.detectors.history import History
from compliance.detection.detectors.make_window import bounds, make_window
from compliance.detection.evaluation.covers import covers_of, terms_of
from compliance.detection.evaluation.dossiers import FEEDING, Dossiers, dossiers_of
from compliance.detection.evaluation.frames import Frames, moment
from compliance.kernel.clock import microseconds
from compliance.simulation.catalogue import QUESTIONS
from compliance.simulation.days import SCHOOL_HOLIDAYS, days
from compliance.simulation.misuse.ordinary import NEWCOMER
from compliance.simulation.misuse.plan import Misuse, plant
from compliance.simulation.misuse.records import TEST_APPLICATION
from compliance.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from compliance.detection.detectors.window import Window
    from compliance.detection.evaluation.pseudonyms import Pseudonyms
    from compliance.simulation.days import Day

_WEEK: Final = (7, 19)
_OFFICE_HOURS: Final = {
    **{
        partner: OfficeHours(by_weekday=dict.fromkeys(range(1, 6), _WEEK))
        for partner in ("OCMW-GENT", "VMSW", "VDAB", "AHOVOKS", NEWCOMER.partner, "DISCIMUS")
    },
    "CVO-CBE": OfficeHours(by_weekday={**dict.fromkeys(range(1, 6), (8, 22)), 6: (8, 17)}),
}
SENSITIVE: Final = frozenset({"MEDICAL-EXEMPTION", "LEARNING-NEEDS"})


class Seen(NamedTuple):
    """A day as detection sees it: its window, what was known before, and the labels of exchanges."""

    window: Window
    baseline: Baseline
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Which days are evaluated: ``number`` of them from the day with number ``first``, after ``warm`` days of history.

    ``missing`` is the share of dossiers that are missing, ``each`` how many stories of a kind and level are planted.
    """

    seed: int
    scale: Fraction
    first: int
    number: int
    warm: int
    missing: float
    each: int

    @property
    def last(self) -> int:
        """The number of the day after the last."""
        return min(self.first + self.number, len(days()))


class Year:
    """The days of a stretch, which can be gone through once."""

    def __init__(self, stretch: Stretch) -> None:
        """Make the world, plant what is to be found, and write the lists of dossiers."""
        self.stretch = stretch
        self.misuse: Misuse = plant(
            World(seed=stretch.seed, scale=stretch.scale),
            seed=stretch.seed,
            first=stretch.first,
            last=stretch.last,
            each=stretch.each,
        )
        self._terms = terms_of(self.misuse.trials)
        self._frames = Frames(terms=self._terms)
        self._history = History(self._register())
        self._dossiers = Dossiers(
            dossiers_of(self.misuse, pseudonyms=self.pseudonyms, missing=stretch.missing, seed=stretch.seed)
        )
        self._used: Counter[tuple[str, str, date]] = Counter()

    @property
    def pseudonyms(self) -> Pseudonyms:
        """The pseudonyms of everybody in it."""
        return self._frames.pseudonyms

    def days(self) -> Iterator[Seen]:
        """Yield every day of the stretch; the days of history before it are lived, and not yielded."""
        number = 1
        for day in days()[max(0, self.stretch.first - self.stretch.warm) : self.stretch.last]:
            acts, named = self.misuse.acts(day)
            told = self._frames.of(day, acts, named=named, number=number, late=self.misuse.ordinary.late(day))
            number = told.next_number
            baseline = self._baseline(day, told.traffic)
            window = make_window(day.date, told.traffic, baseline)
            if day.number >= self.stretch.first:
                yield Seen(window, baseline, told.labels)
            self._history.take(window)

    def _baseline(self, day: Day, traffic: pl.DataFrame) -> Baseline:
        """Return what is known as the day begins: the uses with those of the day, the dossiers of who is looked up."""
        limited = {version.reference: version for version in self._terms if version.conditions.ceilings}
        begins, _ = bounds(day.date)
        used: dict[tuple[str, str], int] = {}
        counted = (
            traffic.filter(pl.col("authorisation").is_in(list(limited))).unique("exchange")["authorisation"].to_list()
        )
        for reference, count in Counter(counted).items():
            for ceiling in limited[reference].conditions.ceilings:
                key = (reference, ceiling.period, period_start(at=microseconds(begins), period=ceiling.period))
                self._used[key] += count
                used[reference, ceiling.period] = self._used[key]
        covers = covers_of(self._terms, at=begins, used=used)
        looked_up = traffic.filter(pl.col("trigger") == "manual")["person"]
        return replace(self._history.baseline(day.date), covers=covers, dossiers=self._dossiers.about(looked_up))

    def _register(self) -> Baseline:
        return Baseline(
            calendar=calendar(self.misuse),
            feeding=FEEDING,
            office_hours=_OFFICE_HOURS,
            sensitive=SENSITIVE,
            batch_purposes=frozenset(
                question.purpose
                for questions in QUESTIONS.values()
                for question in questions
                if "automatic" in question.triggers
            ),
            test_applications=frozenset({TEST_APPLICATION}),
        )


def calendar(misuse: Misuse) -> Calendar:
    """Return the calendar of the year, with what partners announced."""
    return Calendar(
        holidays=frozenset(day.date for day in days() if day.holiday),
        school_holidays=frozenset(_each(SCHOOL_HOLIDAYS)),
        events=tuple(
            PlannedEvent(name="Bulk run", begins=moment(run.begins), ends=moment(run.ends), partner=run.partner)
            for run in misuse.ordinary.announced
        ),
    )


def _each(spans: Sequence[tuple[date, date]]) -> Iterator[date]:
    for begin, end in spans:
        day: date = begin
        while day < end:
            yield day
            day += timedelta(days=1)
