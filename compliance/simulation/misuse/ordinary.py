"""Ordinary life that looks like misuse: what makes it hard to see what is not ordinary.

Colleagues stand in, fall ill, come back, change teams and arrive; they stay late, search by name, go through a list of
their files, and look together at one. A partner joins. Machines catch up by night, announced; files come a day late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import msgspec

from compliance.exchanges.submission import Asker
from compliance.simulation.acts import Act
from compliance.simulation.by_hand import by_hand
from compliance.simulation.chance import chance
from compliance.simulation.days import HOUR, days
from compliance.simulation.misuse.ground import MINUTE, hour_of
from compliance.simulation.misuse.stories import Away
from compliance.simulation.partners import OCMW_GENT, PARTNERS
from compliance.simulation.people import staff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from compliance.simulation.acts import Request
    from compliance.simulation.days import Day
    from compliance.simulation.people import Worker
    from compliance.simulation.profile import Profile
    from compliance.simulation.world import World

NEWCOMER: Final = replace(OCMW_GENT, partner="OCMW-ANTWERPEN", reference="OCMWA", known=(0.13, 0.05))
TEAM: Final = 4
STAND_IN, STAYS_LATE, BY_NAME = 0.08, 0.015, 0.03
_ON_LEAVE, _STARTS, _CHANGES_TEAM, _FILE_IS_LATE = 0.012, 0.03, 0.02, 0.02
_BULK_DAYS: Final = (40, 75, 110, 160, 215, 262, 305, 340)
_NO_LATE_HOURS: Final = frozenset({"VMSW"})  # its authorisation ends at 19:00


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A run that a partner told of beforehand; milliseconds since 1970."""

    partner: str
    begins: int
    ends: int


class Ordinary:
    """What a year is like beside the published figures, from a seed."""

    def __init__(self, world: World, *, seed: int) -> None:
        """Decide who is away when, and what joins."""
        self.world, self._seed = world, seed
        stream = chance(seed, "ordinary")
        self.joined = 60 + int(180 * stream.random())
        size = world.population.size
        self.newcomers = staff(
            NEWCOMER, seed=seed, scale=world.scale, known=(int(NEWCOMER.known[0] * size), max(1, size // 20))
        )
        self.away = list(self._absences(stream))
        self.announced = [self._run(days()[number], stream) for number in _BULK_DAYS]
        self._places = {
            worker.asker: (profile, n) for profile in PARTNERS for n, worker in enumerate(world.staff[profile.partner])
        }
        self._moves = dict(self._team_changes(stream))
        self._by_name: dict[int, tuple[Request, Request]] = {}

    def lived(self, day: Day, acts: list[Act], *, away: Sequence[Away] = ()) -> list[Act]:
        """Return the acts of a day as people lived it. ``away`` are those who are absent for another reason too."""
        stream = chance(self._seed, "lived", day.date)
        absent = {each.asker for each in (*self.away, *away) if each.begins <= day.number < each.ends}
        self._who_asks(day, acts, absent, stream)
        acts += self._lists(day, absent, stream)
        acts += self._together(day, absent, stream)
        acts += self._on_duty(day, absent, stream)
        acts += self._newcomers_ask(day, stream)
        acts += self._catch_up(day, stream)
        return acts

    def late(self, day: Day) -> frozenset[str]:
        """Return the partners whose night's file of a day arrives a day late."""
        stream = chance(self._seed, "late", day.date)
        return frozenset(profile.partner for profile in PARTNERS if stream.random() < _FILE_IS_LATE)

    def _who_asks(self, day: Day, acts: list[Act], absent: set[Asker], stream: Random) -> None:
        visits: dict[str, tuple[Asker, int, bool]] = {}
        for act in acts:
            if act.request.trigger != "manual":
                continue
            if act.context not in visits:
                visits[act.context] = self._visit(act, day, absent, stream)
            act.asker, later, named = visits[act.context]
            act.at += later
            if named:
                act.request = self._searching(act.request)
                visits[act.context] = (act.asker, later, False)

    def _visit(self, act: Act, day: Day, absent: set[Asker], stream: Random) -> tuple[Asker, int, bool]:
        """Say who makes a visit, how much later than usual, and whether it begins with a search by name."""
        asker, draw = act.asker, stream.random
        place = self._places.get(asker)
        if place is None:
            return asker, 0, False
        profile, _ = place
        moved = self._moves.get(asker)
        if moved is not None and day.number >= moved[0]:
            asker = moved[1]
        if asker in absent or draw() < STAND_IN:
            asker = self._colleague(asker, day, absent, stream)
        wall = act.at - day.start
        stays = (
            profile.partner not in _NO_LATE_HOURS
            and 15 * HOUR < wall < 18 * HOUR
            and chance(self._seed, "late", asker.user.value if asker.user else "", day.number).random() < STAYS_LATE
        )
        return asker, int((2.5 + 2 * draw()) * HOUR) if stays else 0, draw() < BY_NAME and profile.partner != "VMSW"

    def _colleague(self, asker: Asker, day: Day, absent: set[Asker], stream: Random) -> Asker:
        profile, n = self._places[asker]
        workers = self.world.staff[profile.partner]
        first = n // TEAM * TEAM
        team = [each for each in workers[first : first + TEAM] if each.asker != asker and each.is_present(day)]
        free = [each.asker for each in team if each.asker not in absent]
        if free:
            return stream.choice(free)
        others = [each.asker for each in workers if each.asker not in absent and each.asker != asker]
        return stream.choice(others) if asker in absent and others else asker

    def _searching(self, request: Request) -> Request:
        key = id(request)
        if key not in self._by_name:
            self._by_name[key] = (request, msgspec.structs.replace(request, search_keys=("name-birth-date",)))
        return self._by_name[key][1]

    def _absences(self, stream: Random) -> list[Away]:
        found = []
        for profile in PARTNERS:
            for worker in self.world.staff[profile.partner]:
                draw = stream.random()
                if draw < _ON_LEAVE:
                    begins = 5 + int(200 * stream.random())
                    found.append(Away(asker=worker.asker, begins=begins, ends=begins + 95 + int(60 * stream.random())))
                elif draw < _ON_LEAVE + _STARTS:
                    found.append(Away(asker=worker.asker, begins=0, ends=40 + int(280 * stream.random())))
        return found

    def _team_changes(self, stream: Random) -> list[tuple[Asker, tuple[int, Asker]]]:
        found = []
        for profile in PARTNERS:
            askers = [worker.asker for worker in self.world.staff[profile.partner]]
            chosen = stream.sample(askers, int(len(askers) * _CHANGES_TEAM) // 2 * 2)
            for one, other in zip(chosen[::2], chosen[1::2], strict=True):
                number = 30 + int(300 * stream.random())
                found += [(one, (number, other)), (other, (number, one))]
        return found

    def _times(self, a_day: float, stream: Random) -> int:
        """Return how often something happens on a day that happens so often at full scale."""
        wanted = a_day * float(self.world.scale) + stream.random()
        return int(wanted)

    def _at_work(self, day: Day, profile: Profile, absent: set[Asker]) -> list[Worker]:
        return [
            worker
            for worker in self.world.staff[profile.partner]
            if worker.is_present(day) and worker.asker not in absent
        ]

    def _look(self, profile: Profile, day: Day, worker: Worker, at: int, person: int, stream: Random) -> list[Act]:
        """Return one visit to a file, as the partner's desk asks."""
        acts = by_hand(
            1,
            day=day,
            workers=[worker],
            deck=self.world.decks.of(profile, "manual", day),
            population=self.world.population,
            late=0.0,
            stream=stream,
        )
        for act in acts:
            act.at, act.subjects = at, self.world.population.alone[person]
            act.dossier = self.world.population.dossiers[person]
        return acts

    def _lists(self, day: Day, absent: set[Asker], stream: Random) -> list[Act]:
        """Go through the own files one after the other: a list of a class, the tenants of a building."""
        acts: list[Act] = []
        size = self.world.population.size
        for profile in (PARTNERS[3], PARTNERS[1]) if day.works else ():
            present = self._at_work(day, profile, absent)
            for _ in range(self._times(2, stream) if present else 0):
                worker = stream.choice(present)
                at = day.moment(worker.moment(0.7 * stream.random()))
                first = worker.first_file + int((day.number / 366 + 0.3 * stream.random()) * worker.files)
                for n in range(12 + int(20 * stream.random())):
                    acts += self._look(profile, day, worker, at, (first + n) % size, stream)
                    at += 30_000 + int(60_000 * stream.random())
        return acts

    def _together(self, day: Day, absent: set[Asker], stream: Random) -> list[Act]:
        """Look with many at a client whose file is in a crisis."""
        acts: list[Act] = []
        for profile in PARTNERS[:4] if day.works else ():
            present = self._at_work(day, profile, absent)
            if len(present) < TEAM or stream.random() > 0.15:  # noqa: PLR2004 at a desk about three times a month
                continue
            owner = stream.choice(present)
            person = (owner.first_file + int(day.number / 366 * owner.files) + 2) % self.world.population.size
            for worker in stream.sample(present, min(len(present), 5 + int(6 * stream.random()))):
                at = day.moment(worker.moment(stream.random()))
                acts += self._look(profile, day, worker, at, person, stream)
        return acts

    def _on_duty(self, day: Day, absent: set[Asker], stream: Random) -> list[Act]:
        """Work in the weekend and at night on a crisis, at the welfare office, on clients with a dossier."""
        acts: list[Act] = []
        if day.works or stream.random() > 0.7:  # noqa: PLR2004 most weekends
            return acts
        workers = [worker for worker in self.world.staff[OCMW_GENT.partner] if worker.asker not in absent]
        worker = workers[day.number // 7 % len(workers)]
        for _ in range(2 + int(5 * stream.random())):
            person = worker.first_file + int((day.number / 366 + 0.8 * stream.random()) * worker.files)
            at = hour_of(day, 9 + 12 * stream.random())
            acts += self._look(OCMW_GENT, day, worker, at, person % self.world.population.size, stream)
        return acts

    def _newcomers_ask(self, day: Day, stream: Random) -> list[Act]:
        """Let the partner that joined ask, a little more every week."""
        weeks = (day.number - self.joined) / 7
        if weeks < 0 or not day.works:
            return []
        return by_hand(
            self._times(min(600, 60 + 30 * weeks), stream),
            day=day,
            workers=self.newcomers,
            deck=self.world.decks.of(OCMW_GENT, "manual", day),
            population=self.world.population,
            late=0.0,
            stream=stream,
        )

    def _run(self, day: Day, stream: Random) -> Announced:
        profile = stream.choice((PARTNERS[2], PARTNERS[4]))
        begins = hour_of(day, 18.0 + 2 * stream.random())
        return Announced(partner=profile.partner, begins=begins, ends=begins + 4 * HOUR)

    def _catch_up(self, day: Day, stream: Random) -> list[Act]:
        acts: list[Act] = []
        profiles: Mapping[str, Profile] = {profile.partner: profile for profile in PARTNERS}
        for run in self.announced:
            if not day.start <= run.begins < day.start + day.length:
                continue
            profile = profiles[run.partner]
            asker = Asker(organisation=profile.partner, application=profile.feed.application)
            deck = self.world.decks.of(profile, "automatic", day)
            first, known = self.world.known(profile)
            number = self._times(12_000, stream)
            for n in range(number):
                at = run.begins + int((run.ends - run.begins - MINUTE) * n / number)
                subjects = self.world.population.alone[(first + n % known) % self.world.population.size]
                request = deck[stream.getrandbits(12)]
                acts.append(Act(at, request, asker, subjects, None, f"bulk-{profile.partner}-{day.date:%Y%m%d}"))
        return acts
