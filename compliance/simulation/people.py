"""The people of the replay: the persons asked about, who come back, and the staff who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from compliance.exchanges.submission import Asker, Subject, User
from compliance.simulation.chance import chance
from compliance.simulation.days import HOUR, YEAR
from compliance.simulation.numbers import synthetic_insz, synthetic_minor_insz
from compliance.simulation.scale import scaled

if TYPE_CHECKING:
    from fractions import Fraction

    from compliance.simulation.days import Day
    from compliance.simulation.profile import Desk, Profile

CLIENTS = 380_000
MINORS = 11_800
AT_LEAST = 400
_FIRST_STAFF_NUMBER = 500_000
_STAFF_NUMBERS_A_PARTNER = 10_000


class Population:
    """Everybody asked about. A person is a number; what is said of a person is made once and shared."""

    def __init__(self, scale: Fraction) -> None:
        """Make the population that belongs to a scale, so that persons come back as often at every scale."""
        size = max(AT_LEAST, scaled(CLIENTS, scale))
        self.size = size
        clients = [Subject(kind="insz", value=synthetic_insz(n)) for n in range(size)]
        self.alone = [(client,) for client in clients]
        self._clients = clients
        self.dossiers = [f"KBI-{2006 + n % 10}-{n:06d}" for n in range(size)]
        minors = max(AT_LEAST, scaled(MINORS, scale))
        self.minors = [(Subject(kind="insz", value=synthetic_minor_insz(n), role="minor"),) for n in range(minors)]

    def household(self, person: int) -> tuple[Subject, ...]:
        """Return a person with the one who lives with them."""
        partner = self._clients[person ^ 1 if person ^ 1 < self.size else person - 1]
        return (self._clients[person], msgspec.structs.replace(partner, role="household-member"))

    def listed(self, first: int, count: int) -> tuple[Subject, ...]:
        """Return a list of persons, for an exchange about many at once."""
        return tuple(self._clients[(first + n) % self.size] for n in range(min(count, self.size)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Someone who asks by hand: with which keys, when (milliseconds since midnight), and whose files they hold.

    ``free`` holds the weekdays and days of the year on which they do not work.
    """

    asker: Asker
    begins: int
    lunch: int
    lunch_ends: int
    works: int
    free_weekdays: frozenset[int]
    holidays: tuple[tuple[int, int], ...]
    first_file: int
    files: int

    def is_present(self, day: Day) -> bool:
        """Tell whether they work on a day."""
        return day.weekday not in self.free_weekdays and not any(
            begin <= day.number < end for begin, end in self.holidays
        )

    def moment(self, part: float) -> int:
        """Return when that part of their working time has passed; nobody asks during lunch."""
        moment = self.begins + int(part * self.works)
        return moment if moment < self.lunch else moment + self.lunch_ends - self.lunch


def staff(profile: Profile, *, seed: int, scale: Fraction, known: tuple[int, int]) -> tuple[Worker, ...]:
    """Return the people of a partner's desk, each with a rhythm of their own."""
    desk = profile.desk
    number = max(desk.at_least, scaled(desk.staff, scale))
    return tuple(_worker(profile, seed, n, number, known) for n in range(number))


def _worker(profile: Profile, seed: int, n: int, number: int, known: tuple[int, int]) -> Worker:
    desk = profile.desk
    stream = chance(seed, "staff", profile.partner, n)
    evening = stream.random() < desk.evening_share
    begins, hours, lunch = _shift(desk, evening=evening, early=stream.random())
    lunch_hours = 0.5 + 0.5 * stream.random()
    first, size = known
    return Worker(
        asker=Asker(
            organisation=profile.partner,
            application=desk.application,
            user=User(
                kind=desk.user_kind,
                value=_key(profile, n),
                group=desk.groups[int(stream.random() * len(desk.groups))],
            ),
        ),
        begins=int(begins * HOUR),
        lunch=int(lunch * HOUR),
        lunch_ends=int((lunch + lunch_hours) * HOUR),
        works=int((hours - lunch_hours) * HOUR),
        free_weekdays=_part_time(stream.random(), n),
        holidays=_holidays(stream.random(), stream.random(), stream.random()),
        first_file=first + n * size // number,
        files=max(12, size // number),
    )


def _key(profile: Profile, n: int) -> str:
    if profile.desk.user_kind == "local":
        return f"{profile.reference.lower()}-u{n:04d}"
    return synthetic_insz(_FIRST_STAFF_NUMBER + sum(map(ord, profile.partner)) % 12 * _STAFF_NUMBERS_A_PARTNER + n)


def _shift(desk: Desk, *, evening: bool, early: float) -> tuple[float, float, float]:
    if evening:
        return 13.0 + early, 7.5 + early / 2, 17.0 + early / 2
    begins = desk.opens + 1.25 * early
    return begins, desk.closes - desk.opens - 0.75 + early / 2, 11.75 + early


def _part_time(draw: float, n: int) -> frozenset[int]:
    if draw < 0.6:  # noqa: PLR2004 - three in five work full time
        return frozenset()
    if draw < 0.85:  # noqa: PLR2004 - one in four has a day off, the rest two
        return frozenset({(n * 3 + 2) % 5})
    return frozenset({n % 5, (n + 1) % 5})


def _holidays(*draws: float) -> tuple[tuple[int, int], ...]:
    spring, summer, autumn = draws
    starts = (
        date(YEAR, 2, 1) + timedelta(days=int(80 * spring)),
        date(YEAR, 6, 27) + timedelta(days=int(50 * summer)),
        date(YEAR, 10, 10) + timedelta(days=int(75 * autumn)),
    )
    lengths = (6, 17, 6)
    return tuple(
        (start.timetuple().tm_yday - 1, start.timetuple().tm_yday - 1 + length)
        for start, length in zip(starts, lengths, strict=True)
    )
