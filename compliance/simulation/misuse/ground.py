"""Where misuse is planted: the world's partners, workers, days and persons, each used for one story only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec

from compliance.simulation.acts import Act
from compliance.simulation.catalogue import QUESTIONS
from compliance.simulation.chance import chance
from compliance.simulation.days import HOUR, days
from compliance.simulation.outages import Link, link
from compliance.simulation.partners import PARTNERS
from compliance.simulation.question import ENDINGS, SUCCEEDED, Manner, request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.exchanges.submission import Asker, Subject
    from compliance.simulation.acts import Relation, Request
    from compliance.simulation.days import Day
    from compliance.simulation.people import Worker
    from compliance.simulation.profile import Profile
    from compliance.simulation.question import Question
    from compliance.simulation.world import World

MINUTE = 60_000
# None of these is in what the partners of trials may ask for otherwise, so that a trial that ended has just ended.
_PURPOSES_OF_TRIALS = (
    "POLICY-STATISTICS",
    "SCHOOL-GUIDANCE",
    "NEWCOMER-OUTREACH",
    "HOUSING-CONDITION",
    "JOB-MEDIATION",
)


class NoRoomError(ValueError):
    """A stretch is too short, or too full, for a story."""


class Planted(NamedTuple):
    """An act and the day on which it is told."""

    day: int
    act: Act


class Desk(NamedTuple):
    """Somebody at a partner's desk."""

    profile: Profile
    worker: Worker


class Trial(NamedTuple):
    """An authorisation that exists for a story only: of a version of the trajectory, for one purpose."""

    code: str
    version: str
    purpose: str
    partner: str
    begins: int
    ends: int | None
    ceiling: int | None


class Ground:
    """The world, as far as stories may be planted in it: from the day with number ``first`` to before ``last``.

    ``ordinary`` are acts that stories need beside their own, and that are no misuse; ``trials`` what allowed them;
    ``gone`` is who left, ``silent`` partners and the numbers of days on which hardly anything of theirs comes.
    """

    def __init__(self, world: World, *, seed: int, first: int, last: int) -> None:
        """Take the days that stories may touch."""
        self.world, self.first, self.last = world, first, last
        self.stream = chance(seed, "misuse")
        self.ordinary: list[Planted] = []
        self.trials: list[Trial] = []
        self.gone: set[Asker] = set()
        self.silent: set[tuple[str, int]] = set()
        self._free: list[Desk] = []
        self._persons: set[int] = set()
        self._requests: dict[tuple[object, ...], Request] = {}

    def desk(self, among: Sequence[str] = (), *, days_at_work: int = 1) -> Desk:
        """Return somebody who is in no story yet, and works on enough days; when all are, in one again."""
        for again in (False, True):
            if again or not self._free:
                self._free = [Desk(each, worker) for each in PARTNERS for worker in self.world.staff[each.partner]]
                self.stream.shuffle(self._free)
            for place, desk in enumerate(self._free):
                if (not among or desk.profile.partner in among) and len(self._worked(desk)) >= days_at_work:
                    return self._free.pop(place)
        message = f"Nobody at {among or 'any desk'} works on {days_at_work} days."
        raise NoRoomError(message)

    def colleagues(self, desk: Desk, count: int) -> list[Worker]:
        """Return that many others at the same desk, as far as there are."""
        staff = self.world.staff[desk.profile.partner]
        others = [worker for worker in staff if worker != desk.worker and worker.asker not in self.gone]
        return self.stream.sample(others, min(count, len(others)))

    def working_days(self, desk: Desk, count: int) -> list[Day]:
        """Return days after each other on which somebody works and the link is up, at random in the period."""
        worked = self._worked(desk)
        if len(worked) <= count:
            return worked
        begin = self.stream.randrange(len(worked) - count)
        return worked[begin : begin + count]

    def _worked(self, desk: Desk) -> list[Day]:
        return [day for day in days()[self.first : self.last] if self.is_at_work(desk, day)]

    def is_at_work(self, desk: Desk, day: Day) -> bool:
        """Tell whether somebody works on a day on which the partner's link is up."""
        partner = desk.profile.partner
        open_link = link(partner, day) in (Link.UP, Link.CATCHING_UP) and (partner, day.number) not in self.silent
        return day.works and not day.bridge and open_link and desk.worker.is_present(day)

    def stranger(self, profile: Profile) -> int:
        """Return a person with whom a partner has nothing to do, and who is in no story yet."""
        size = self.world.population.size
        reach = max(worker.first_file + 2 * worker.files + 1 for worker in self.world.staff[profile.partner])
        first, _ = self.world.known(profile)
        room = max(1, size - (reach - first) - 1)
        person = (reach + self.stream.randrange(room)) % size
        for _ in range(1_000):
            if person not in self._persons:
                break
            person = (reach + self.stream.randrange(room)) % size
        self._persons.add(person)
        return person

    def client(self, profile: Profile) -> int:
        """Return a person with whom a partner deals."""
        first, known = self.world.known(profile)
        return (first + self.stream.randrange(known)) % self.world.population.size

    def subjects(self, person: int) -> tuple[Subject, ...]:
        """Return a person as a report names them."""
        return self.world.population.alone[person]

    def dossier(self, person: int) -> str:
        """Return the reference of a person's file in the crossroads bank."""
        return self.world.population.dossiers[person]

    def question(self, profile: Profile, day: Day) -> Question:
        """Return something that people at a partner's desk ask on a day."""
        asked = [each for each in QUESTIONS[profile.partner] if each.is_asked("manual", day.date)]
        return asked[self.stream.randrange(len(asked))]

    def request(
        self, profile: Profile, question: Question, *, automatic: bool = False, ending: str = "", **outside: Any
    ) -> Request:
        """Return what is asked by hand; ``outside`` are fields of the question that differ from what is usual."""
        asked = replace(question, household=False, **outside)
        key = (profile.partner, asked, automatic, ending)
        if key not in self._requests:
            manner = Manner(trigger="automatic" if automatic else "manual", reference=profile.reference)
            how = ENDINGS[ending][0][0] if ending else SUCCEEDED  # type: ignore[index]
            self._requests[key] = request(asked, how, manner)
        return self._requests[key]

    def delivering(self, asked: Request, delivered: tuple[str, ...]) -> Request:
        """Return the request as it is answered with other categories."""
        return self._requests.setdefault((asked, delivered), msgspec.structs.replace(asked, delivered=delivered))

    def trial(self, partner: str, *, begins: Day, ends: Day | None, ceiling: int | None = None) -> Trial:
        """Authorise a partner for a while, for a version of the trajectory that nobody else asks."""
        number, ended = len(self.trials) + 1, None if ends is None else ends.number
        made = Trial(
            code=f"VTC-VB-2016-T{number:02d}",
            version=f"{number}.0",
            purpose=_PURPOSES_OF_TRIALS[number % len(_PURPOSES_OF_TRIALS)],
            partner=partner,
            begins=begins.number,
            ends=ended,
            ceiling=ceiling,
        )
        self.trials.append(made)
        return made

    def related(self, asked: Request, relation: str) -> Request:
        """Return the request as the source answers it when it sees how user and person are related."""
        return self._requests.setdefault(
            (asked, relation), msgspec.structs.replace(asked, relation=cast("Relation", relation))
        )

    def moments(self, desk: Desk, day: Day, count: int) -> list[int]:
        """Return that many moments of somebody's working day, in order."""
        draw = self.stream.random
        return sorted(day.moment(desk.worker.moment(draw() * 0.98)) for _ in range(count))

    def burst(self, begins: int, count: int, *, seconds: tuple[float, float]) -> Iterator[int]:
        """Yield moments that follow each other by so many seconds."""
        at = begins
        for _ in range(count):
            yield at
            at += int(1_000 * self.stream.uniform(*seconds))

    def look(self, desk: Desk, at: int, person: int, *, asked: Request, dossier: str | None, context: str = "") -> Act:
        """Return a look-up by hand of a person."""
        return self.act(desk.worker.asker, at, self.subjects(person), asked=asked, dossier=dossier, context=context)

    def act(
        self,
        asker: Asker,
        at: int,
        subjects: tuple[Subject, ...],
        *,
        asked: Request,
        dossier: str | None = None,
        context: str = "",
    ) -> Act:
        """Return an act in a piece of work of its own, unless it is said in which."""
        return Act(at, asked, asker, subjects, dossier, context or f"{self.stream.getrandbits(64):016x}")


def hour_of(day: Day, hour: float) -> int:
    """Return the moment of a day at which the clock says so."""
    return day.moment(int(hour * HOUR))
