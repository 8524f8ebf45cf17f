"""People who look where they have no business: one person again and again, many, the famous, their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.submission import Subject
from compliance.simulation.days import HOUR, days
from compliance.simulation.misuse.ground import MINUTE, Desk, Planted, hour_of
from compliance.simulation.misuse.label import Kind, Level
from compliance.simulation.misuse.stories import Away, at_level, story
from compliance.simulation.numbers import ADULT_NUMBERS, synthetic_insz

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.simulation.days import Day
    from compliance.simulation.misuse.ground import Ground
    from compliance.simulation.misuse.stories import Plant, Story

_WITH_NATIONAL_NUMBERS = ("OCMW-GENT", "VDAB")
_LONG_AWAY = 100
_WEEKS = 20  # working days of slow browsing
_STEPS_TO_THE_NEXT = 52 * 12  # numbers of one month of birth lie so far apart in the order of the simulation


def repeat(ground: Ground, level: Level) -> Story:
    """Look at an ex-partner, a neighbour or a colleague, again and again over some weeks."""
    desk = ground.desk(days_at_work=5)
    times = at_level(level, 12, 7, 4)
    worked = ground.working_days(desk, at_level(level, 10, 15, 15))
    person = ground.stranger(desk.profile)
    subjects = ground.subjects(person)
    if desk.profile.partner in _WITH_NATIONAL_NUMBERS and ground.stream.random() < 0.4:  # noqa: PLR2004 a colleague
        user = ground.colleagues(desk, 1)[0].asker.user
        subjects = (Subject(kind="insz", value=user.value if user else ""),)
    acts = []
    for day in sorted(ground.stream.choices(worked, k=times), key=lambda each: each.number):
        asked = ground.request(desk.profile, ground.question(desk.profile, day))
        at = ground.moments(desk, day, 1)[0]
        dossier = _claimed(ground, desk, level, person)
        acts.append(Planted(day.number, ground.act(desk.worker.asker, at, subjects, asked=asked, dossier=dossier)))
    return story(Kind.REPEAT, level, acts, partner=desk.profile.partner, ripe=2)


def many(ground: Ground, level: Level) -> Story:
    """Look up persons without a dossier, in one day."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    acts = _look_around(ground, desk, day, at_level(level, 40, 15, 8), level)
    return story(Kind.MANY, level, acts, partner=desk.profile.partner, ripe=4)


def name_search(ground: Ground, level: Level) -> Story:
    """Search by name, and open what is found, one after the other."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    question = ground.question(desk.profile, day)
    searched = ground.request(desk.profile, question, search_keys=("name-birth-date",), records=20)
    opened = ground.request(desk.profile, question, search_keys=("insz",))
    number = at_level(level, 30, 15, 8)
    moments = list(ground.burst(ground.moments(desk, day, 1)[0], number + 1, seconds=(8, 45)))
    context = f"{ground.stream.getrandbits(64):016x}"
    acts = []
    for place, at in enumerate(moments):
        person = ground.stranger(desk.profile)
        dossier = _claimed(ground, desk, level, person)
        asked = opened if place else searched
        acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=dossier, context=context)))
    return story(Kind.NAME_SEARCH, level, acts, partner=desk.profile.partner, ripe=6)


def enumeration(ground: Ground, level: Level) -> Story:
    """Try national numbers one after the other: many belong to nobody whom the crossroads bank knows."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    question = ground.question(desk.profile, day)
    known = ground.request(desk.profile, question)
    unknown = ground.request(desk.profile, question, ending="no-data")
    number, size = at_level(level, 80, 30, 14), ground.world.population.size
    first = ground.stranger(desk.profile)
    acts = []
    for place, at in enumerate(
        ground.burst(ground.moments(desk, day, 1)[0], number, seconds=(2, 6 if level is Level.BLATANT else 25))
    ):
        # The order of the simulation spreads neighbours; this many steps further stands the next number of the month.
        n = (first + place * _inverse_step()) % ADULT_NUMBERS
        subjects = (Subject(kind="insz", value=synthetic_insz(n)),)
        asked = known if n < size else unknown
        acts.append(Planted(day.number, ground.act(desk.worker.asker, at, subjects, asked=asked)))
    return story(Kind.ENUMERATION, level, acts, partner=desk.profile.partner, ripe=9)


def dormant(ground: Ground, level: Level) -> Story:
    """Let the account of somebody who left, months ago, look up persons again."""
    desk = ground.desk()
    span = ground.last - ground.first
    wake = max(ground.first + int(ground.stream.random() * span), min(_LONG_AWAY + 5, ground.last - 1))
    left = max(3, wake - _LONG_AWAY - int(ground.stream.random() * 60))
    later = [day for day in days()[wake : ground.last] if day.works and not day.bridge] or [days()[wake]]
    acts = []
    for day in later[: 2 if level is Level.BLATANT else 1]:
        acts += _look_around(ground, desk, day, at_level(level, 20, 10, 5), level)
    ground.gone.add(desk.worker.asker)
    away = Away(asker=desk.worker.asker, begins=left, ends=len(days()))
    return story(Kind.DORMANT, level, acts, partner=desk.profile.partner, ripe=1, away=[away])


def first_use(ground: Ground, level: Level) -> Story:
    """Use by hand a service that only machines used, or one that the partner never used."""
    partner = ground.stream.choice(("CVO-CBE", "VMSW") if level is not Level.BLATANT else ("AHOVOKS", "CVO-CBE"))
    desk = ground.desk((partner,))
    service = {"CVO-CBE": "KBI-MUTATIE", "VMSW": "KBI-STATUUT", "AHOVOKS": "KBI-DOSSIER"}[partner]
    day = ground.working_days(desk, 1)[0]
    question = ground.question(desk.profile, day)
    asked = ground.request(desk.profile, question, service=service, version="1.0")
    number = at_level(level, 25, 8, 3)
    acts = [
        Planted(
            day.number,
            ground.look(desk, at, person := ground.client(desk.profile), asked=asked, dossier=ground.dossier(person)),
        )
        for at in ground.moments(desk, day, number)
    ]
    return story(Kind.FIRST_USE, level, acts, partner=partner, service=service)


def vip(ground: Ground, level: Level) -> Story:
    """Let many look at one person, who was in the news."""
    desk = ground.desk(("CVO-CBE", "VMSW", "VDAB"))
    day = ground.working_days(desk, 2)
    person = ground.stranger(desk.profile)
    users = [desk, *(Desk(desk.profile, other) for other in ground.colleagues(desk, at_level(level, 15, 11, 6)))]
    if level is Level.BLATANT:
        other = ground.desk(("OCMW-GENT",))
        users += [other, *(Desk(other.profile, colleague) for colleague in ground.colleagues(other, 8))]
    acts = []
    for one in users:
        on = ground.stream.choice(day)
        if not ground.is_at_work(one, on):
            continue
        asked = ground.request(one.profile, ground.question(one.profile, on))
        at = ground.moments(one, on, 1)[0]
        acts.append(
            Planted(on.number, ground.look(one, at, person, asked=asked, dossier=_claimed(ground, one, level, person)))
        )
    return story(Kind.VIP, level, acts, partner=desk.profile.partner, ripe=4)


def own(ground: Ground, level: Level) -> Story:
    """Look at one's own file, or that of somebody of the household or at the address."""
    desk = ground.desk(_WITH_NATIONAL_NUMBERS)
    relation = {Level.BLATANT: "self", Level.PLAIN: "household", Level.SUBTLE: "address"}[level]
    person = ground.stranger(desk.profile)
    subjects = ground.subjects(person)
    user = desk.worker.asker.user
    if level is Level.BLATANT and user is not None:
        subjects = (Subject(kind="insz", value=user.value),)
    day = ground.working_days(desk, 1)[0]
    question = ground.question(desk.profile, day)
    asked = ground.related(ground.request(desk.profile, question), relation)
    acts = [
        Planted(
            day.number,
            ground.act(desk.worker.asker, at, subjects, asked=asked, dossier=_claimed(ground, desk, level, person)),
        )
        for at in ground.moments(desk, day, at_level(level, 3, 2, 1))
    ]
    return story(Kind.OWN, level, acts, partner=desk.profile.partner)


def peers(ground: Ground, level: Level) -> Story:
    """Look at many more clients of the partner than anybody else at the desk, each with a dossier of a colleague's."""
    desk = ground.desk(("CVO-CBE", "VMSW", "OCMW-GENT", "VDAB"))
    acts = []
    for day in ground.working_days(desk, at_level(level, 3, 3, 4)):
        asked = ground.request(desk.profile, ground.question(desk.profile, day))
        for at in ground.moments(desk, day, at_level(level, 120, 45, 25)):
            person = ground.client(desk.profile)
            acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=ground.dossier(person))))
    return story(Kind.PEERS, level, acts, partner=desk.profile.partner, ripe=at_level(level, 119, 44, 49))


def slow(ground: Ground, level: Level) -> Story:
    """Look at a few persons a day without a dossier, for weeks."""
    desk = ground.desk(days_at_work=_WEEKS)
    acts = []
    for day in ground.working_days(desk, _WEEKS):
        acts += _look_around(ground, desk, day, at_level(level, 5, 3, 2), Level.SUBTLE)
    return story(Kind.SLOW, level, acts, partner=desk.profile.partner, ripe=at_level(level, 14, 11, 11))


def off_hours(ground: Ground, level: Level) -> Story:
    """Look up persons without a dossier at night, on a Sunday, or late in the evening."""
    desk = ground.desk(("OCMW-GENT", "VDAB", "AHOVOKS", "CVO-CBE"))
    day = ground.working_days(desk, 1)[0]
    number, begins = at_level(level, 15, 6, 3), hour_of(day, 1.5 if level is Level.BLATANT else 22.25)
    if level is Level.PLAIN:
        later = [each for each in days()[day.number : ground.last] if each.weekday == 6] or [day]  # noqa: PLR2004 Sunday
        day = later[0]
        begins = hour_of(day, 14.0)
    asked = ground.request(desk.profile, ground.question(desk.profile, day))
    acts = []
    for at in ground.burst(begins, number, seconds=(60, 400)):
        person = ground.stranger(desk.profile)
        dossier = _claimed(ground, desk, level, person)
        acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=dossier)))
    return story(Kind.OFF_HOURS, level, acts, partner=desk.profile.partner, ripe=1)


def _look_around(ground: Ground, desk: Desk, day: Day, number: int, level: Level) -> list[Planted]:
    """Return look-ups of so many persons with whom the partner has nothing to do."""
    acts = []
    for at in ground.moments(desk, day, number):
        person = ground.stranger(desk.profile)
        asked = ground.request(desk.profile, ground.question(desk.profile, day))
        dossier = _claimed(ground, desk, level, person)
        acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=dossier)))
        if ground.stream.random() < 0.3 and at + MINUTE < day.start + 23 * HOUR:  # noqa: PLR2004 now and then one more
            acts.append(Planted(day.number, ground.look(desk, at + MINUTE // 2, person, asked=asked, dossier=dossier)))
    return acts


def _claimed(ground: Ground, desk: Desk, level: Level, person: int) -> str | None:
    """Return the reference that a browser gives: none, that of a file at hand, or what the person's file shows."""
    match level:
        case Level.BLATANT:
            return None
        case Level.PLAIN:
            return ground.dossier((desk.worker.first_file + 3) % ground.world.population.size)
        case Level.SUBTLE:
            return ground.dossier(person)


def _inverse_step() -> int:
    """Return how many places further in the simulation's order the next counter of the same month of birth stands."""
    return pow(7919, -1, ADULT_NUMBERS) * _STEPS_TO_THE_NEXT % ADULT_NUMBERS


PEOPLE: Mapping[Kind, Plant] = {
    Kind.REPEAT: repeat,
    Kind.MANY: many,
    Kind.NAME_SEARCH: name_search,
    Kind.ENUMERATION: enumeration,
    Kind.DORMANT: dormant,
    Kind.FIRST_USE: first_use,
    Kind.VIP: vip,
    Kind.OWN: own,
    Kind.PEERS: peers,
    Kind.SLOW: slow,
    Kind.OFF_HOURS: off_hours,
}
