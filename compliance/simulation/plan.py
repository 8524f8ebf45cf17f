"""How many exchanges each partner has on each day: the published months, divided over days, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.simulation.chance import chance, shares
from compliance.simulation.days import days, days_of
from compliance.simulation.figures import Cell, discimus, monthly
from compliance.simulation.outages import Link, link
from compliance.simulation.scale import scaled

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from compliance.simulation.acts import ServiceOutcome
    from compliance.simulation.days import Day
    from compliance.simulation.profile import Profile

LINK_WEIGHT = {Link.UP: 1.0, Link.FAILING: 0.04, Link.SILENT: 0.0, Link.CATCHING_UP: 3.0}
AUTOMATIC_SHARE_OF_DISCIMUS = 0.95
_BRIDGE = 0.35


class Count(NamedTuple):
    """Exchanges of one partner on one day."""

    by_hand: int
    automatic: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.by_hand + self.automatic


def month_plan(profile: Profile, month: date, *, seed: int, scale: Fraction) -> list[Count]:
    """Divide a cell's figure over the days of its month; the counts add up to the scaled figure."""
    total = scaled(monthly()[Cell(month, profile.partner)], scale)
    asked_by_hand = round(total * profile.by_hand[month.month - 1])
    stream = chance(seed, "plan", profile.partner, month)
    noise = [0.85 + 0.3 * stream.random() for _ in range(62)]
    of_month = days_of(month)
    desk = [_desk(profile, day) * noise[n] for n, day in enumerate(of_month)]
    first = next(day for day in of_month if day.works)
    feed = [_feed(profile, day, first) * noise[31 + n] for n, day in enumerate(of_month)]
    counts = (shares(asked_by_hand, desk), shares(total - asked_by_hand, feed))
    return [Count(*pair) for pair in zip(*counts, strict=True)]


def _desk(profile: Profile, day: Day) -> float:
    if day.holiday:
        return 0.0
    weight = profile.desk.weekdays[day.weekday] * (_BRIDGE if day.bridge else 1.0)
    state = link(profile.partner, day)
    # People ask when the link is back, but what was queued is sent by machines.
    return weight * min(1.0, LINK_WEIGHT[state])


def _feed(profile: Profile, day: Day, first: Day) -> float:
    feed = profile.feed
    weight = feed.weekdays[day.weekday] * (feed.start_of_month if day is first else 1.0)
    for begin, end, factor in feed.seasons:
        if begin <= day.date < end:
            weight *= factor
    if day.holiday:
        weight *= _BRIDGE
    return weight * LINK_WEIGHT[link(profile.partner, day)]


def discimus_plan(*, seed: int, scale: Fraction) -> tuple[list[Count], list[ServiceOutcome]]:
    """Divide the year's queries to DISCIMUS over its days, and shuffle their outcomes.

    The automatic ones, 95 %, follow an import of newcomers from the National Register, the night
    after each working day. The outcomes are in the order of the days, automatic before by hand.
    """
    outcomes = [outcome for outcome, figure in discimus().items() for _ in range(scaled(figure, scale))]
    chance(seed, "discimus-outcomes").shuffle(outcomes)
    automatic = round(len(outcomes) * AUTOMATIC_SHARE_OF_DISCIMUS)
    stream = chance(seed, "discimus-plan")
    imports, desk = [], []
    for day in days():
        noise = 0.6 + 0.8 * stream.random()
        newcomers = 1.25 - 0.5 * day.number / 366  # arrivals fell after the winter of 2015
        after_office_day = day.weekday in range(1, 6)
        imports.append(noise * newcomers if after_office_day else 0.0)
        desk.append(noise * (1.4 if day.school else 0.5) if day.works and not day.bridge else 0.0)
    counts = (shares(len(outcomes) - automatic, desk), shares(automatic, imports))
    return [Count(*pair) for pair in zip(*counts, strict=True)], outcomes
