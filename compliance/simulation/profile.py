"""What makes a partner recognisable: its staff's day, its machines' nights, and how its calls end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from compliance.simulation.acts import Outcome

EVERY_MONTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The people who ask by hand. ``staff`` is their number at full scale, never below ``at_least``.

    ``beyond_cover`` is the share of what they ask that is outside the authorisation.
    """

    staff: int
    at_least: int
    application: str
    groups: tuple[str, ...]
    user_kind: Literal["insz", "local"]
    weekdays: tuple[float, ...] = (1.15, 1.05, 0.95, 1.05, 0.8, 0.0, 0.0)
    opens: float = 8.0
    closes: float = 17.5
    evening_share: float = 0.0
    late_visits: float = 0.0004
    beyond_cover: float = 0.004


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of the day in which machines call. A run goes through a list; otherwise events come as they come."""

    begins: float
    hours: float
    share: float
    run: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The machines that ask.

    ``start_of_month`` multiplies the first working day, ``seasons`` multiply a period (until excluded);
    ``processor`` is who runs the machines on behalf of the partner.
    """

    application: str
    windows: tuple[Window, ...]
    weekdays: tuple[float, ...]
    start_of_month: float = 1.0
    seasons: tuple[tuple[date, date, float], ...] = ()
    processor: str | None = None
    beyond_cover: float = 0.0015


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One partner. ``by_hand`` is the share of its exchanges that people ask, by month.

    ``known`` is the part of the population that the partner deals with: where it begins and how much it is.
    """

    partner: str
    reference: str
    by_hand: tuple[float, ...]
    desk: Desk
    feed: Feed
    known: tuple[float, float]
    ending_weights: dict[Outcome, float] = field(default_factory=dict)
    traced: bool = False
    digested: bool = False
