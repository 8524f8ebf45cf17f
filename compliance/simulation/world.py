"""The world of the replay: one seed and one scale give the same partners, people and days, everywhere.

A day is independent of all others, so days can be made in any order and in several processes. Only
their numbering goes on from day to day, and that follows from the plan alone.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from compliance.exchanges.submission import Asker
from compliance.simulation import discimus
from compliance.simulation.automatic import Machines
from compliance.simulation.by_hand import by_hand
from compliance.simulation.catalogue import LIST_DAY, LIST_LENGTH, LIST_PARTNER, LIST_QUESTION
from compliance.simulation.chance import chance
from compliance.simulation.corrections import chosen, corrected, has_correction
from compliance.simulation.days import days
from compliance.simulation.decks import Decks
from compliance.simulation.figures import monthly
from compliance.simulation.outages import incident
from compliance.simulation.partners import PARTNERS
from compliance.simulation.people import Population, staff
from compliance.simulation.plan import Count, discimus_plan, month_plan
from compliance.simulation.question import SUCCEEDED, Manner, request
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
        self._decks = Decks()
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
        acts = [act for profile in PARTNERS for act in self._partner(profile, day)]
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

    def _partner(self, profile: Profile, day: Day) -> list[Act]:
        count = self.plan[profile.partner][day.number]
        if not count.total:
            return []
        stream = chance(self.seed, "day", profile.partner, day.date)
        acts = by_hand(
            count.by_hand,
            day=day,
            workers=self.staff[profile.partner],
            deck=self._decks.of(profile, "manual", day),
            population=self.population,
            late=profile.desk.late_visits,
            stream=stream,
        )
        feed = profile.feed
        machines = Machines(
            asker=Asker(
                organisation=feed.processor or profile.partner,
                on_behalf_of=profile.partner if feed.processor else None,
                application=feed.application,
            ),
            deck=self._decks.of(profile, "automatic", day),
            population=self.population,
            known=self.known(profile),
            stream=stream,
        )
        acts += machines.work(count.automatic, day=day, windows=feed.windows)
        self._break(acts, profile, day)
        if profile.partner == LIST_PARTNER and day.date == LIST_DAY:
            self._list(acts[-1], profile)
        return acts

    def _break(self, acts: list[Act], profile: Profile, day: Day) -> None:
        """Let the calls during an incident fail."""
        begin, end = (day.start + wall for wall in incident(self.seed, profile.partner, day))
        if begin == end:
            return
        stream = chance(self.seed, "failures", profile.partner, day.date)
        decks = {
            "manual": self._decks.of(profile, "manual", day, failing=True),
            "automatic": self._decks.of(profile, "automatic", day, failing=True),
        }
        for act in acts:
            if begin <= act.at < end:
                act.request = decks[act.request.trigger][stream.getrandbits(12)]

    def _list(self, act: Act, profile: Profile) -> None:
        first, _ = self.known(profile)
        act.request = request(LIST_QUESTION, SUCCEEDED, Manner(trigger="automatic", reference=profile.reference))
        act.subjects = self.population.listed(first, LIST_LENGTH)

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
