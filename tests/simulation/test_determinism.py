"""The same seed gives the same year, in any order, and another seed another."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from random import Random

import msgspec
import pytest

from compliance.simulation.acts import Act
from compliance.simulation.days import Day, days
from compliance.simulation.world import World

SCALE = Fraction(1, 400)


def octets(world: World, day: Day) -> bytes:
    """Return the reports of a day as they would be sent."""
    return b"\n".join(
        msgspec.json.encode(report) for report in world.reports(day, identify=lambda first: str(first)[:9])
    )


def test_the_same_seed_gives_the_same_bytes_in_any_order_of_days() -> None:
    picked = Random(4).sample(days(), 12)  # noqa: S311 - which days does not matter
    one, other = World(seed=11, scale=SCALE), World(seed=11, scale=SCALE)
    forth = {day.number: sha256(octets(one, day)).digest() for day in picked}
    back = {day.number: sha256(octets(other, day)).digest() for day in reversed(picked)}
    assert forth == back


def test_another_seed_gives_another_year() -> None:
    day = days()[40]
    assert octets(World(seed=11, scale=SCALE), day) != octets(World(seed=12, scale=SCALE), day)


@pytest.mark.parametrize("number", [86, 303])
def test_planted_acts_are_told_among_the_others(number: int) -> None:
    world, day = World(seed=11, scale=SCALE), days()[number]
    acts = world.acts(day)
    planted = Act(acts[0].at, acts[0].request, acts[0].asker, acts[0].subjects, None, "planted")
    told = list(world.reports(day, identify=str, planted=[planted]))
    assert len(told) == world.expected[number] + 1
    assert sum(report.chain is not None and report.chain.correlation_id == "planted" for report in told) == 1
    assert told == sorted(told, key=lambda report: report.started_at)
