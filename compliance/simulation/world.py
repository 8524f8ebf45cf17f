"""The world of the replay: one seed and one scale give the same partners, people and days, everywhere.

A day is independent of all others, so days can be made in any order and in several processes. Only
their numbering goes on from day to day, and that follows from the plan alone.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from compliance.simulation import discimus
from compliance.simulation.chance import chance
from compliance.simulation.corrections import chosen, corrected, has_correction
from compliance.simulation.days import days
from compliance.simulation.decks import Decks
from compliance.simulation.figures import monthly
from compliance.simulation.partner_day import partner_acts
from compliance.simulation.partners import PARTNERS
from compliance.simulation.people import Population, staff
from compliance.simulation.plan import Count, discimus_plan, month_plan
from compliance.simulation.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from compliance.exchanges.submission import Submission
    from compliance.simulation.acts import Act, ServiceOutcome
    from compliance.simulation.corrections import Identify
    from compliance.simulation.days import Day
    from compliance.simulation.people import Worker
    from compliance.simulation.profile import Profile

_by_time = attrgetter("at")


class World:
    """The year 2016 at one scale, from one seed."""

    def __init__(self, *, seed: int, scale: Fraction) -> None:
        """Nothing is made before it is asked for."""
        self.seed = seed
        self.scale = scale
        self.decks = Decks()
        self._discimus_requests = discimus.requests()

    @cached_property
    def population(self) -> Population:
        """Everybody asked about."""
        return Population(self.scale)

    @cached_property
    def staff(self) -> dict[str, tuple[Worker, ...]]:
        """The people at each partner's desk, and the counsellors of the crossroads bank."""
        return {
            profile.partner: staff(profile, seed=self.seed, scale=self.scale, known=self.known(profile))
            for profile in (*PARTNERS, discimus.COUNSELLORS)
        }

    @cached_property
    def plan(self) -> dict[str, list[Count]]:
        """How many exchanges each partner has on each day of the year, by the day's number."""
        months = sorted({cell.month for cell in monthly()})
        return {
            profile.partner: [
                count for month in months for count in month_plan(profile, month, seed=self.seed, scale=self.scale)
            ]
            for profile in PARTNERS
        }

    @cached_property
    def _discimus(self) -> tuple[list[Count], list[ServiceOutcome]]:
        return discimus_plan(seed=self.seed, scale=self.scale)

    @cached_property
    def expected(self) -> list[int]:
        """How many reports each day has, corrections included, by the day's number."""
        counted = [sum(plan[day.number].total for plan in (*self.plan.values(), self._discimus[0])) for day in days()]
        return [count + has_correction(day, count) for day, count in zip(days(), counted, strict=True)]

    def known(self, profile: Profile) -> tuple[int, int]:
        """Return the part of the population that a partner deals with: its first person, and how many."""
        first, part = profile.known
        return int(first * self.population.size), max(1, int(part * self.population.size))

    def acts(self, day: Day) -> list[Act]:
        """Return what happens on a day, in no order."""
        acts = [act for profile in PARTNERS for act in partner_acts(self, profile, day)]
        acts += self._minors(day)
        return acts

    def reports(
        self, day: Day, *, identify: Identify, planted: Sequence[Act] = (), planted_before: int = 0
    ) -> Iterator[Submission]:
        """Yield the day's reports in order of time, numbered on from the days before.

        ``identify`` gives the identifier under which a report is recorded, which a correction names.
        ``planted`` are acts of another simulation, told among the others; ``planted_before`` says how
        many were planted on earlier days.
        """
        acts = sorted((*self.acts(day), *planted), key=_by_time)
        number = sum(self.expected[: day.number]) + planted_before + 1
        stream = chance(self.seed, "telling", day.date)
        place = chosen(len(acts), stream) if has_correction(day, len(acts)) else None
        first = None
        for n, report in enumerate(tell(acts, day=day.date, first_number=number, stream=stream)):
            if n == place:
                first = report
            yield report
        if first is not None:
            yield corrected(first, identify=identify, number=number + len(acts))

    def _minors(self, day: Day) -> Iterator[Act]:
        counts, outcomes = self._discimus
        before = sum(count.total for count in counts[: day.number])
        count = counts[day.number]
        return discimus.queries(
            count,
            day=day,
            minors=discimus.Minors(first=before, outcomes=outcomes[before : before + count.total]),
            workers=self.staff[discimus.COUNSELLORS.partner],
            asked=self._discimus_requests,
            population=self.population,
            stream=chance(self.seed, "discimus", day.date),
        )
