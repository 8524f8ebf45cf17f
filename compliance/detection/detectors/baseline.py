"""What a window is held against: what is known from before, and what the register says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

PAIRS: Final = pl.Schema(
    {
        "day": pl.Date(),
        "partner": pl.String(),
        "user": pl.Int64(),
        "person": pl.Int64(),
        "group": pl.String(),  # of the user that day, or null
        "look_ups": pl.Int32(),
        "direct": pl.Int32(),  # with a dossier of the person: what explains look-ups by colleagues
        "unexplained": pl.Int32(),
    }
)
"""Who looked at whom, by day: look-ups by hand in production."""

USER_DAYS: Final = pl.Schema(
    {
        "day": pl.Date(),
        "partner": pl.String(),
        "service": pl.String(),
        "user": pl.Int64(),
        "group": pl.String(),
        "look_ups": pl.Int32(),
        "persons": pl.Int32(),
        "unexplained": pl.Int32(),
        "without_dossier": pl.Int32(),
        "by_name": pl.Int32(),  # searches by name
        "hours": pl.Int32(),  # a bit for each hour of Brussels, the lowest for 00:00
    }
)
"""What a user did in a day with a service, by hand in production."""

KNOWN: Final = pl.Schema(
    {"partner": pl.String(), "service": pl.String(), "user": pl.Int64(), "first": pl.Date(), "last": pl.Date()}
)
"""Every user and service of a partner ever seen; ``user`` is null where machines used it."""

DOSSIERS: Final = pl.Schema(
    {
        "partner": pl.String(),
        "person": pl.Int64(),
        "dossier": pl.Int64(),
        "holder": pl.Int64(),  # the user whose dossier it is, or null
        "team": pl.String(),  # or null
        "opened": pl.Date(),
        "closed": pl.Date(),  # the first day on which it was closed, or null
    }
)
"""The dossiers that partners told us of."""

REFERENCES: Final = pl.Schema(
    {"producer": pl.String(), "reference": pl.String(), "exchange": pl.String(), "at": pl.Datetime("us", "UTC")}
)
"""Messages recorded in the days before; a message that comes again has the same producer and reference."""

SEQUENCES: Final = pl.Schema({"producer": pl.String(), "last": pl.Int64(), "at": pl.Datetime("us", "UTC")})
"""The highest number that each producer gave before the window, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """Something announced, from ``begins`` until ``ends``: an enrolment period, a migration. Empty means any."""

    name: str
    begins: datetime
    ends: datetime
    partner: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How Belgium and Flanders divide their days; days that are not named are as their weekday is."""

    holidays: frozenset[date] = frozenset()
    school_holidays: frozenset[date] = frozenset()
    closing_days: Mapping[str, frozenset[date]] = field(default_factory=dict)  # by partner; "" is ours
    events: tuple[PlannedEvent, ...] = ()

    def is_working_day(self, day: date, *, partner: str = "") -> bool:
        """Tell whether a partner's desk works on a day."""
        return day.isoweekday() <= 5 and not self.is_closed(day, partner=partner)  # noqa: PLR2004 Friday

    def is_closed(self, day: date, *, partner: str = "") -> bool:
        """Tell whether a day is a holiday, or closed by the partner or by us, whatever its weekday."""
        ours, theirs = self.closing_days.get("", frozenset()), self.closing_days.get(partner, frozenset())
        return day in self.holidays or day in ours or day in theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When a partner's people work: hours of Brussels by ISO weekday, from until (excluded)."""

    by_weekday: Mapping[int, tuple[int, int]]

    def hold(self, weekday: int, hour: int) -> bool:
        """Tell whether somebody may be expected to work then."""
        begins, ends = self.by_weekday.get(weekday, (0, 0))
        return begins <= hour < ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the register says of an authorisation: whose, until when, and how much of each period was used."""

    authorisation: str
    partner: str
    ends: datetime | None
    services: frozenset[str]
    ceilings: tuple[tuple[str, int], ...] = ()  # period (day, week, month, year) and most exchanges in it
    used: Mapping[str, int] = field(default_factory=dict)  # by period, with the window


def empty(schema: pl.Schema) -> pl.DataFrame:
    """Return a table without rows."""
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What was known when the window's day began. Tables go back ``days_kept`` days, and hold nothing of the window."""

    calendar: Calendar = field(default_factory=Calendar)
    pairs: pl.DataFrame = field(default_factory=lambda: empty(PAIRS))
    user_days: pl.DataFrame = field(default_factory=lambda: empty(USER_DAYS))
    known: pl.DataFrame = field(default_factory=lambda: empty(KNOWN))
    dossiers: pl.DataFrame = field(default_factory=lambda: empty(DOSSIERS))
    feeding: frozenset[str] = frozenset()  # partners that tell us of their dossiers
    references: pl.DataFrame = field(default_factory=lambda: empty(REFERENCES))
    sequences: pl.DataFrame = field(default_factory=lambda: empty(SEQUENCES))
    counts: pl.DataFrame | None = None  # hours before the window, as far back as they go
    office_hours: Mapping[str, OfficeHours] = field(default_factory=dict)  # by partner
    covers: tuple[Cover, ...] = ()
    sensitive: frozenset[str] = frozenset()  # categories of GDPR art. 9
    batch_purposes: frozenset[str] = frozenset()  # purposes for which machines may ask
    test_persons: frozenset[int] = frozenset()
    test_applications: frozenset[str] = frozenset()
    days_kept: int = 90
