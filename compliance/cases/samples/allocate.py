"""How many of each stratum are drawn."""

from __future__ import annotations

from math import floor, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Stratum = tuple[str, str]
"""Partner and service."""


def allocate(populations: Mapping[Stratum, int], *, wanted: int, least: int) -> dict[Stratum, int]:
    """Divide ``wanted`` exchanges over strata by the square root of their size, at least ``least`` of each.

    A stratum never gives more than it has; small ones are looked at too, so a stratum more may make the sum larger
    than ``wanted``. The square root lies between the same number of each and the same share of each: a large partner
    does not take everything, and the estimate over all stays sharp (Bankier, "Power allocations", 1988).
    """
    chosen = {stratum: min(least, size) for stratum, size in populations.items() if size > 0}
    while (left := wanted - sum(chosen.values())) > 0:
        room = {stratum: populations[stratum] - count for stratum, count in chosen.items()}
        open_ = {stratum: sqrt(populations[stratum]) for stratum, free in room.items() if free > 0}
        if not open_:
            break
        whole = sum(open_.values())
        parts = {stratum: left * weight / whole for stratum, weight in open_.items()}
        given = {stratum: min(floor(part), room[stratum]) for stratum, part in parts.items()}
        if not any(given.values()):  # fewer left than strata: the largest remainders get one each
            first = sorted(parts, key=lambda stratum: (-parts[stratum], stratum))[:left]
            given = dict.fromkeys(first, 1)
        for stratum, count in given.items():
            chosen[stratum] += count
    return chosen
