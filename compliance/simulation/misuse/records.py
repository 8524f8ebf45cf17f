"""What goes wrong with what is recorded: no cover, too much, too late, twice, at the wrong time, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from compliance.exchanges.submission import Asker
from compliance.simulation.catalogue import QUESTIONS
from compliance.simulation.days import HOUR, days
from compliance.simulation.misuse.ground import MINUTE, Desk, Planted, hour_of
from compliance.simulation.misuse.label import Kind, Level
from compliance.simulation.misuse.stories import File, at_level, story
from compliance.simulation.partners import PARTNERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.simulation.acts import Request
    from compliance.simulation.days import Day
    from compliance.simulation.misuse.ground import Ground, Trial
    from compliance.simulation.misuse.stories import Plant, Story
    from compliance.simulation.profile import Profile

TEST_APPLICATION = "KBI TESTCLIENT"
PRODUCER = "KBI"
DAY_CEILING = 400
_CEILED = "AHOVOKS"

# What a partner may not ask, in a way in which the world does not stray of itself.
_OUTSIDE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "OCMW-GENT": ({"purpose": "JOB-MEDIATION"}, {"legal_basis": "WOON-1997"}, {"service": "KBI-CURSIST"}),
    "VMSW": ({"purpose": "CERTIFICATION"}, {"legal_basis": "VDAB-2004"}, {"service": "KBI-DOSSIER"}),
    "VDAB": ({"purpose": "FEE-EXEMPTION"}, {"legal_basis": "WOON-1997"}, {"service": "KBI-MUTATIE"}),
    "CVO-CBE": ({"purpose": "HOUSING-CONDITION"}, {"legal_basis": "VDAB-2004"}, {"route": "DIRECT"}),
    "AHOVOKS": ({"purpose": "HOUSING-CONDITION"}, {"legal_basis": "WOON-1997"}, {"route": "MAGDA-KSZ"}),
}
_TOO_MUCH = ("HOUSEHOLD", "MEDICAL-EXEMPTION", "RESIDENCE", "CONTRACT")


def no_cover(ground: Ground, level: Level) -> Story:
    """Ask what the authorisation does not allow: for another purpose, on another basis, of another service."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    outside = ground.stream.choice(_OUTSIDE[desk.profile.partner])
    question = ground.question(desk.profile, day)
    if "service" in outside:
        outside = {**outside, "version": "1.0"}
    asked = ground.request(desk.profile, question, **outside)
    acts = _at_the_desk(ground, desk, day, asked, at_level(level, 150, 20, 3))
    service = outside.get("service", question.service)
    return story(Kind.NO_COVER, level, acts, partner=desk.profile.partner, service=service)


def beyond(ground: Ground, level: Level) -> Story:
    """Deliver a category that was not requested, and is not in the authorisation either."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    question = ground.question(desk.profile, day)
    more = ground.stream.choice([code for code in _TOO_MUCH if code not in question.categories])
    asked = ground.delivering(ground.request(desk.profile, question), (*question.categories, more))
    acts = _at_the_desk(ground, desk, day, asked, at_level(level, 150, 20, 3))
    return story(Kind.BEYOND, level, acts, partner=desk.profile.partner, service=question.service)


def expired(ground: Ground, level: Level) -> Story:
    """Let a machine go on asking under the authorisation of a trial, after it ended at the beginning of the day."""
    desk = ground.desk(("OCMW-GENT", "CVO-CBE", "AHOVOKS"), days_at_work=2)
    worked = ground.working_days(desk, 6)
    ended, profile = worked[min(len(worked) - 1, 4)], desk.profile
    trial = ground.trial(profile.partner, begins=worked[0], ends=ended)
    asker = Asker(organisation=profile.partner, application=f"{profile.feed.application} proef")
    asked = ground.request(profile, ground.question(profile, ended), automatic=True, **_of(trial))
    for day in worked[: worked.index(ended)]:
        ground.ordinary += _by_machine(ground, asker, profile, day, asked, 60)
    acts = _by_machine(ground, asker, profile, ended, asked, at_level(level, 100, 15, 3))
    return story(Kind.EXPIRED, level, acts, partner=profile.partner, service="KBI-TRAJECT")


def closed(ground: Ground, level: Level) -> Story:
    """Look up persons whose dossiers were closed long ago."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    asked = ground.request(desk.profile, ground.question(desk.profile, day))
    acts, files = [], []
    for at in ground.moments(desk, day, at_level(level, 15, 8, 5)):
        person = ground.stranger(desk.profile)
        shut = day.number - 130 - int(ground.stream.random() * 200)
        files.append(
            File(
                partner=desk.profile.partner,
                person=ground.subjects(person)[0].value,
                holder=desk.worker.asker,
                opened=shut - 400,
                closed=shut,
            )
        )
        acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=ground.dossier(person))))
    return story(Kind.CLOSED, level, acts, partner=desk.profile.partner, ripe=2, files=files)


def replayed(ground: Ground, level: Level) -> Story:
    """Send a message that was sent before, once more: the same reference, at another moment."""
    desk = ground.desk()
    worked = ground.working_days(desk, 1)
    asked = ground.request(desk.profile, ground.question(desk.profile, worked[0]))
    number = at_level(level, 30, 5, 1)
    first = _at_the_desk(ground, desk, worked[0], asked, number)
    acts = []
    for day, act in first:
        act.reference = f"{asked.reference}-M{ground.stream.getrandbits(60):015x}"
        again = msgspec.structs.replace(act, at=act.at + int((1 + 30 * ground.stream.random()) * MINUTE))
        acts.append(Planted(day, again))
    ground.ordinary += first
    return story(Kind.REPLAYED, level, acts, partner=desk.profile.partner)


def clock(ground: Ground, level: Level) -> Story:
    """Let the clock of a gateway go wrong, so that what happened now is told as of another hour."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    asked = ground.request(desk.profile, ground.question(desk.profile, day))
    acts = _at_the_desk(ground, desk, day, asked, 60)
    skew = at_level(level, 5 * 60, 60, 15) * MINUTE
    for _, act in acts:
        act.skew = skew
    return story(Kind.CLOCK, level, acts, partner=PRODUCER)


def test_data(ground: Ground, level: Level) -> Story:
    """Let a tester's program ask in production."""
    desk = ground.desk()
    day = ground.working_days(desk, 1)[0]
    asked = ground.request(desk.profile, ground.question(desk.profile, day))
    acts = _at_the_desk(ground, desk, day, asked, at_level(level, 40, 8, 1))
    asker = msgspec.structs.replace(desk.worker.asker, application=TEST_APPLICATION)
    for _, act in acts:
        act.asker = asker
    return story(Kind.TEST_DATA, level, acts, partner=desk.profile.partner)


def ceiling(ground: Ground, level: Level) -> Story:
    """Ask more in a day than an authorisation allows: the last ones are beyond its ceiling."""
    profile = next(each for each in PARTNERS if each.partner == _CEILED)
    asker = Asker(organisation=_CEILED, application=profile.feed.application)
    stretch = days()[ground.first : ground.last]
    day = ground.stream.choice([day for day in stretch if day.works and (_CEILED, day.number) not in ground.silent])
    trial = ground.trial(_CEILED, begins=days()[max(0, day.number - 8)], ends=None, ceiling=DAY_CEILING)
    question = QUESTIONS[_CEILED][0]
    asked = ground.request(profile, question, automatic=True, **_of(trial))
    for before in range(max(0, day.number - 7), day.number):
        ground.ordinary += _by_machine(ground, asker, profile, days()[before], asked, 300)
    number = at_level(level, 1_600, 700, 450)
    acts = _by_machine(ground, asker, profile, day, asked, number)
    return story(Kind.CEILING, level, acts, partner=_CEILED, service="KBI-TRAJECT", ripe=DAY_CEILING)


def gap(ground: Ground, level: Level) -> Story:
    """Lose reports on the way: the numbers of the producer miss some."""
    profile = ground.stream.choice(PARTNERS[3:])
    asker = Asker(organisation=profile.partner, application=profile.feed.application)
    stretch = days()[ground.first : ground.last]
    open_days = [day for day in stretch if (profile.partner, day.number) not in ground.silent]
    day = ground.stream.choice(open_days)
    question = next(each for each in QUESTIONS[profile.partner] if each.is_asked("automatic", day.date))
    asked = ground.request(profile, question, automatic=True)
    acts = _by_machine(ground, asker, profile, day, asked, at_level(level, 400, 40, 2))
    begins = hour_of(day, 9 + 8 * ground.stream.random())
    for n, (_, act) in enumerate(acts):
        act.at, act.lost = begins + n, True
    return story(Kind.GAP, level, acts, partner=PRODUCER)


def _of(trial: Trial) -> dict[str, str]:
    return {
        "service": "KBI-TRAJECT",
        "version": trial.version,
        "purpose": trial.purpose,
        "authorisation": trial.code,
    }


def _at_the_desk(ground: Ground, desk: Desk, day: Day, asked: Request, number: int) -> list[Planted]:
    """Return what somebody at a desk asks about persons of the own files, whom they may look at."""
    acts = []
    size = ground.world.population.size
    for at in ground.moments(desk, day, number):
        drift, near = day.number / 366, ground.stream.random()
        person = (desk.worker.first_file + int((drift + near) * desk.worker.files)) % size
        acts.append(Planted(day.number, ground.look(desk, at, person, asked=asked, dossier=ground.dossier(person))))
    return acts


def _by_machine(ground: Ground, asker: Asker, profile: Profile, day: Day, asked: Request, number: int) -> list[Planted]:
    """Return what a partner's machine asks in an hour or two of the early afternoon, evenly."""
    begins, gap_between = hour_of(day, 13.5), HOUR * 2 // max(1, number)
    return [
        Planted(
            day.number,
            ground.act(asker, begins + n * gap_between, ground.subjects(ground.client(profile)), asked=asked),
        )
        for n in range(number)
    ]


RECORDS: Mapping[Kind, Plant] = {
    Kind.NO_COVER: no_cover,
    Kind.BEYOND: beyond,
    Kind.EXPIRED: expired,
    Kind.CLOSED: closed,
    Kind.REPLAYED: replayed,
    Kind.CLOCK: clock,
    Kind.TEST_DATA: test_data,
    Kind.CEILING: ceiling,
    Kind.GAP: gap,
}
