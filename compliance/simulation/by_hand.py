"""A day at a partner's desk: people open files, ask a few things about one person, and go on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.simulation.acts import Act
from compliance.simulation.days import HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from compliance.simulation.acts import Request
    from compliance.simulation.days import Day
    from compliance.simulation.people import Population, Worker

CALLS_IN_A_VISIT = (1, 1, 1, 1, 2, 2, 3, 5)
_LATE = 20 * HOUR


def by_hand(
    count: int,
    *,
    day: Day,
    workers: Sequence[Worker],
    deck: Sequence[Request],
    population: Population,
    late: float,
    stream: Random,
) -> list[Act]:
    """Return that many acts. Who is away asks nothing, unless everybody is."""
    present = [worker for worker in workers if worker.is_present(day)] or list(workers)
    draw, bits, size, start = stream.random, stream.getrandbits, population.size, day.start
    shift = day.moment(12 * HOUR) - day.start - 12 * HOUR
    drift = day.number / 366
    acts: list[Act] = []
    add = acts.append
    while count > 0:
        worker = present[int(draw() * len(present))]
        near = draw()
        person = (worker.first_file + int((drift + near * near) * worker.files)) % size
        at = start + shift + (worker.moment(draw()) if draw() >= late else _LATE + int(draw() * 3 * HOUR))
        context = f"{bits(64):016x}"
        dossier, asker = population.dossiers[person], worker.asker
        for _ in range(min(count, CALLS_IN_A_VISIT[bits(3)])):
            request = deck[bits(12)]
            subjects = population.household(person) if request.household else population.alone[person]
            add(Act(at, request, asker, subjects, dossier, context))
            at += 3_000 + bits(15)
            count -= 1
    return acts
