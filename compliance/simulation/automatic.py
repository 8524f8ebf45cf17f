"""A day of a partner's machines: nightly runs through lists, and events as they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.simulation.acts import Act
from compliance.simulation.chance import shares
from compliance.simulation.days import HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from compliance.exchanges.submission import Asker
    from compliance.simulation.acts import Request
    from compliance.simulation.days import Day
    from compliance.simulation.people import Population
    from compliance.simulation.profile import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """Who calls by itself, what it draws from, and the persons it knows: the first, and how many."""

    asker: Asker
    deck: Sequence[Request]
    population: Population
    known: tuple[int, int]
    stream: Random

    def work(self, count: int, *, day: Day, windows: Sequence[Window]) -> list[Act]:
        """Return that many acts, divided over the day's windows."""
        acts: list[Act] = []
        for window, number in zip(windows, shares(count, [window.share for window in windows]), strict=True):
            if number:
                acts += (self._run if window.run else self._events)(number, day, window)
        return acts

    def _run(self, number: int, day: Day, window: Window) -> list[Act]:
        """Go through a list, mostly of those who are new; a short list is done before the window ends."""
        draw, bits, asker, deck = self.stream.random, self.stream.getrandbits, self.asker, self.deck
        size, alone = self.population.size, self.population.alone
        begins = day.moment(int(window.begins * HOUR))
        gap = min(int(window.hours * HOUR), max(number * 4_000, 60_000)) / number
        first, wide = self.known
        next_on_list = int(draw() * draw() * wide)
        context = f"run-{asker.organisation}-{day.date:%Y%m%d}-{window.begins:04.1f}"
        return [
            Act(
                begins + int((n + draw()) * gap),
                deck[bits(12)],
                asker,
                alone[(first + (next_on_list + n) % wide) % size],
                None,
                context,
            )
            for n in range(number)
        ]

    def _events(self, number: int, day: Day, window: Window) -> list[Act]:
        """Follow events: nearly half of them are about a tenth of the persons."""
        draw, bits, asker, deck = self.stream.random, self.stream.getrandbits, self.asker, self.deck
        size, alone = self.population.size, self.population.alone
        begins, length = day.moment(int(window.begins * HOUR)), int(window.hours * HOUR)
        first, wide = self.known
        context = f"events-{asker.organisation}-{day.date:%Y%m%d}"
        acts = []
        for _ in range(number):
            place = draw()
            person = (first + int(place * (0.12 + 0.88 * place * place) * wide)) % size
            acts.append(Act(begins + int(draw() * length), deck[bits(12)], asker, alone[person], None, context))
        return acts
