"""The lists of dossiers that partners tell us of, as they follow from the files of their workers, with what is missing.

A worker's files move on through the year; each person has a dossier with the worker who has the file, opened before
the file is worked on and closed some months after, and mostly one or two more at the same desk. What is missing from a
list is missing dossier by dossier: with three dossiers of a person at a tenth missing, one person in a thousand lacks
all.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from compliance.detection.detectors.baseline import DOSSIERS
from compliance.simulation.discimus import COUNSELLORS
from compliance.simulation.misuse.ordinary import NEWCOMER, TEAM
from compliance.simulation.partners import PARTNERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Days = NDArray[np.float64] | NDArray[np.int64]

    from compliance.detection.evaluation.pseudonyms import Pseudonyms
    from compliance.simulation.misuse.plan import Misuse
    from compliance.simulation.people import Worker

FEEDING: Final = frozenset({*(profile.partner for profile in PARTNERS), NEWCOMER.partner, "DISCIMUS"})
MORE_DOSSIERS: Final = (0.15, 0.35, 0.3, 0.2)  # the share of persons with none, one, two or three beside the first
_YEAR = 366
_FIRST: Final = date(2016, 1, 1)


class Dossiers:
    """A list of dossiers in which those of a few persons are found at once."""

    def __init__(self, listed: pl.DataFrame) -> None:
        """Take the list."""
        self._listed = listed.sort("person")
        self._persons = self._listed["person"].to_numpy()

    def about(self, persons: pl.Series) -> pl.DataFrame:
        """Return the dossiers of persons."""
        asked = np.unique(persons.drop_nulls().to_numpy())
        first = np.searchsorted(self._persons, asked, side="left")
        number = np.searchsorted(self._persons, asked, side="right") - first
        within = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
        rows = pl.Series(np.repeat(first, number) + within, dtype=pl.UInt32)
        return self._listed.select(pl.all().gather(rows))


def dossiers_of(misuse: Misuse, *, pseudonyms: Pseudonyms, missing: float, seed: int) -> pl.DataFrame:
    """Return what partners tell of their dossiers, without those that are missing."""
    world = misuse.world
    chance = np.random.default_rng([seed, 77])
    persons = np.array([pseudonyms.national(alone[0].value) for alone in world.population.alone], dtype=np.int64)
    desks = [(profile.partner, world.staff[profile.partner]) for profile in PARTNERS]
    desks.append((NEWCOMER.partner, misuse.ordinary.newcomers))
    tables = [_files(*desk, persons, world.population.dossiers, pseudonyms, chance) for desk in desks]
    tables.append(_minors(misuse, pseudonyms))
    listed = pl.concat(tables)
    kept = listed.filter(pl.Series(chance.random(len(listed)) >= missing))
    return pl.concat([kept, _planted(misuse, pseudonyms)])


def _files(
    partner: str,
    workers: Sequence[Worker],
    persons: NDArray[np.int64],
    references: Sequence[str],
    pseudonyms: Pseudonyms,
    chance: np.random.Generator,
) -> pl.DataFrame:
    """Return the dossiers of a desk. The first of a person has the reference that look-ups name."""
    size = len(persons)
    holders = np.array([_user(pseudonyms, worker) for worker in workers], dtype=np.int64)
    spread = [np.arange(worker.first_file, worker.first_file + 2 * worker.files + 1) for worker in workers]
    worker = np.repeat(np.arange(len(workers)), [len(each) for each in spread])
    person = np.concatenate(spread)
    part = np.concatenate([np.arange(len(each)) / workers[n].files for n, each in enumerate(spread)])
    # A file comes into reach a year before its place in the drift, and leaves it there.
    opened = (part - 1) * _YEAR - chance.integers(3, 40, len(part))
    closed = part * _YEAR + chance.integers(2, 120, len(part))
    number = 1 + chance.choice(len(MORE_DOSSIERS), size=len(part), p=MORE_DOSSIERS)
    row = np.repeat(np.arange(len(part)), number)
    extra = np.concatenate([np.arange(count) for count in number]) > 0
    team = worker[row] // TEAM * TEAM
    colleague = np.minimum(team + chance.integers(0, TEAM, len(row)), len(workers) - 1)
    begins = opened[row] + np.where(extra, chance.integers(-20, 3, len(row)), 0)
    ends = closed[row] + np.where(extra, chance.integers(0, 90, len(row)), 0)
    about = person[row] % size
    named = np.zeros(size, dtype=np.int64)
    met = np.unique(about)
    named[met] = [pseudonyms.dossier(partner, references[n]) for n in met]
    return _table(
        partner,
        persons[about],
        np.where(extra, np.arange(len(row)), named[about]),
        np.where(extra, holders[colleague], holders[worker[row]]),
        begins,
        ends,
    )


def _minors(misuse: Misuse, pseudonyms: Pseudonyms) -> pl.DataFrame:
    """Return a dossier of every minor, with a counsellor of the crossroads bank; DISCIMUS counts as the partner."""
    world = misuse.world
    workers = world.staff[COUNSELLORS.partner]
    minors = world.population.minors
    people = np.array([pseudonyms.national(minor[0].value) for minor in minors], dtype=np.int64)
    holders = np.array([_user(pseudonyms, workers[n % len(workers)]) for n in range(len(minors))], dtype=np.int64)
    long_ago = np.full(len(minors), -400.0)
    references = [pseudonyms.dossier("KBI", f"KBI-M-{n:06d}") for n in range(len(minors))]
    return _table("DISCIMUS", people, np.array(references, dtype=np.int64), holders, long_ago, long_ago + 1_500)


def _planted(misuse: Misuse, pseudonyms: Pseudonyms) -> pl.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "partner": file.partner,
            "person": pseudonyms.national(file.person),
            "dossier": n,
            "holder": pseudonyms.person(file.holder.organisation, file.holder.user.kind, file.holder.user.value)
            if file.holder.user
            else None,
            "team": None,
            "opened": _FIRST + timedelta(days=file.opened),
            "closed": None if file.closed is None else _FIRST + timedelta(days=file.closed),
        }
        for n, file in enumerate(misuse.files)
    ]
    return pl.DataFrame(rows, schema=DOSSIERS)


def _table(
    partner: str,
    person: NDArray[np.int64],
    dossier: NDArray[np.int64],
    holder: NDArray[np.int64],
    opened: Days,
    closed: Days,
) -> pl.DataFrame:
    start = (_FIRST - date(1970, 1, 1)).days
    return pl.DataFrame(
        {
            "partner": pl.repeat(partner, len(person), dtype=pl.String, eager=True),
            "person": person,
            "dossier": dossier,
            "holder": holder,
            "team": pl.repeat(None, len(person), dtype=pl.String, eager=True),
            "opened": pl.Series(np.floor(opened).astype(np.int32) + start).cast(pl.Date),
            "closed": pl.Series(np.floor(closed).astype(np.int32) + start).cast(pl.Date),
        },
        schema=DOSSIERS,
    )


def _user(pseudonyms: Pseudonyms, worker: Worker) -> int:
    asker = worker.asker
    user = asker.user
    if user is None:
        message = "A machine holds no dossiers."
        raise ValueError(message)
    return pseudonyms.person(asker.organisation, user.kind, user.value)
