"""What was known before each day, in memory: to look again at a year, a day after the other.

It holds the tables that the database keeps, and gives of them the same baseline.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.baseline import (
    KNOWN,
    SEQUENCES,
    Baseline,
    empty,
)
from compliance.detection.detectors.profiles import profile_of
from compliance.detection.detectors.window import COUNTS

if TYPE_CHECKING:
    from datetime import date

    from compliance.detection.detectors.profiles import DayProfile
    from compliance.detection.detectors.window import Window

REFERENCE_DAYS: Final = 7
"""Days in which a message that comes again is recognised."""
COUNT_DAYS: Final = 400
"""Days of which hours are counted: a year, and the weeks of the year before."""


class History:
    """The days that were taken, in their order. ``register`` is what does not come from traffic."""

    def __init__(self, register: Baseline | None = None) -> None:
        """Start with what the register says, and with the tables that stand in it."""
        self.register = register or Baseline()
        self._pairs = _Days(self.register.pairs, self.register.days_kept)
        self._user_days = _Days(self.register.user_days, self.register.days_kept)
        self._references = _Days(self.register.references, REFERENCE_DAYS)
        counted = self.register.counts
        self._counts = _Days(empty(COUNTS) if counted is None else counted, COUNT_DAYS)
        self._known = self.register.known
        self._sequences = self.register.sequences

    def take(self, window: Window, profile: DayProfile | None = None) -> None:
        """Remember a day, whose profile may be given. Raises ValueError when it, or a later one, was taken before."""
        profile = profile or profile_of(window)
        self._pairs.add(window.day, profile.pairs)
        self._user_days.add(window.day, profile.user_days)
        self._references.add(window.day, profile.references)
        self._counts.add(window.day, window.counts)
        self._known = merge_known(self._known, profile.uses)
        self._sequences = merge_sequences(self._sequences, profile.sequences)

    def baseline(self, day: date) -> Baseline:
        """Return what was known when a day began, which follows those that were taken."""
        return replace(
            self.register,
            pairs=self._pairs.before(day),
            user_days=self._user_days.before(day),
            known=self._known,
            references=self._references.before(day),
            sequences=self._sequences,
            counts=self._counts.before(day),
        )


def merge_known(known: pl.DataFrame, uses: pl.DataFrame) -> pl.DataFrame:
    """Return the uses that are known once those of a later day are."""
    return (
        pl.concat([known, uses])
        .group_by("partner", "service", "user")
        .agg(first=pl.col("first").min(), last=pl.col("last").max())
        .sort("partner", "service", "user")
        .select(KNOWN.names())
    )


def merge_sequences(before: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the highest number of each producer, and when it was given."""
    return (
        pl.concat([before, later])
        .sort("producer", "last", "at")
        .unique("producer", keep="last", maintain_order=True)
        .select(SEQUENCES.names())
    )


class _Days:
    """Rows by day, of which the last ``kept`` stay; what stood there at first counts as one day before all."""

    def __init__(self, first: pl.DataFrame, kept: int) -> None:
        self._kept = kept
        self._first = first
        self._rows: deque[tuple[date, pl.DataFrame]] = deque()

    def add(self, day: date, rows: pl.DataFrame) -> None:
        if self._rows and self._rows[-1][0] >= day:
            message = f"{day} does not follow {self._rows[-1][0]}."
            raise ValueError(message)
        self._rows.append((day, rows))

    def before(self, day: date) -> pl.DataFrame:
        since = day - timedelta(days=self._kept)
        while self._rows and self._rows[0][0] < since:
            self._rows.popleft()
        if not self._first.is_empty():
            self._first = _since(self._first, since)
        rows = [rows for _, rows in self._rows]
        return pl.concat([self._first, *rows]) if rows else self._first


def _since(rows: pl.DataFrame, since: date) -> pl.DataFrame:
    """Keep the rows of a day and later ones, by whatever column says when."""
    if "day" in rows.columns:
        return rows.filter(pl.col("day") >= since)
    moment = pl.col("hour" if "hour" in rows.columns else "at")
    return rows.filter(moment.dt.convert_time_zone("Europe/Brussels").dt.date() >= since)
