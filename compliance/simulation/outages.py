"""When a link was down. The published answer blames technical trouble for VDAB's swings; here are the days.

Invented, but consistent with the figures: the months with few exchanges are months in which the link
between KBI-MAGDA and VDAB was silent or failing on most days, the months with many caught up afterwards.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.simulation.chance import chance
from compliance.simulation.days import HOUR

if TYPE_CHECKING:
    from compliance.simulation.days import Day


class Link(StrEnum):
    """How a link was on a day."""

    UP = "up"
    FAILING = "failing"
    SILENT = "silent"
    CATCHING_UP = "catching-up"


_VDAB = (
    (date(2016, 1, 18), date(2016, 1, 22), Link.FAILING),
    (date(2016, 1, 22), date(2016, 2, 3), Link.SILENT),
    (date(2016, 2, 3), date(2016, 2, 6), Link.CATCHING_UP),
    (date(2016, 2, 12), date(2016, 2, 20), Link.FAILING),
    (date(2016, 2, 20), date(2016, 3, 7), Link.SILENT),
    (date(2016, 3, 7), date(2016, 3, 12), Link.FAILING),
    (date(2016, 3, 12), date(2016, 3, 21), Link.SILENT),
    (date(2016, 3, 21), date(2016, 4, 4), Link.FAILING),
    (date(2016, 4, 4), date(2016, 4, 20), Link.CATCHING_UP),
    (date(2016, 6, 6), date(2016, 6, 18), Link.CATCHING_UP),
    (date(2016, 7, 6), date(2016, 7, 13), Link.FAILING),
    (date(2016, 7, 13), date(2016, 8, 2), Link.SILENT),
    (date(2016, 8, 2), date(2016, 8, 6), Link.FAILING),
    (date(2016, 9, 8), date(2016, 9, 14), Link.FAILING),
    (date(2016, 9, 14), date(2016, 10, 3), Link.SILENT),
    (date(2016, 10, 3), date(2016, 10, 15), Link.FAILING),
    (date(2016, 10, 15), date(2016, 11, 14), Link.SILENT),
    (date(2016, 11, 14), date(2016, 12, 6), Link.FAILING),
    (date(2016, 12, 6), date(2016, 12, 18), Link.CATCHING_UP),
)
_SHARE_OF_DAYS_WITH_AN_INCIDENT = 0.05


def link(partner: str, day: Day) -> Link:
    """Tell how a partner's link was on a day."""
    if partner == "VDAB":
        for begin, end, state in _VDAB:
            if begin <= day.date < end:
                return state
    return Link.UP


def incident(seed: int, partner: str, day: Day) -> tuple[int, int]:
    """Return from when until when (milliseconds since midnight) calls failed; mostly nothing, ``(0, 0)``."""
    if link(partner, day) is Link.FAILING:
        return (0, day.length)
    stream = chance(seed, "incident", partner, day.date)
    if stream.random() >= _SHARE_OF_DAYS_WITH_AN_INCIDENT:
        return (0, 0)
    begin = int((1 + 16 * stream.random()) * HOUR)
    return (begin, begin + int((0.3 + 2 * stream.random()) * HOUR))
