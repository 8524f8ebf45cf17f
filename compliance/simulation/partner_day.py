"""One partner's day: its desk, its machines, and what broke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.submission import Asker
from compliance.simulation.automatic import Machines
from compliance.simulation.by_hand import by_hand
from compliance.simulation.catalogue import LIST_DAY, LIST_LENGTH, LIST_PARTNER, LIST_QUESTION
from compliance.simulation.chance import chance
from compliance.simulation.outages import incident
from compliance.simulation.question import SUCCEEDED, Manner, request

if TYPE_CHECKING:
    from compliance.simulation.acts import Act
    from compliance.simulation.days import Day
    from compliance.simulation.profile import Profile
    from compliance.simulation.world import World


def partner_acts(world: World, profile: Profile, day: Day) -> list[Act]:
    """Return what a partner asks on a day, in no order: as many acts as the plan says."""
    count = world.plan[profile.partner][day.number]
    if not count.total:
        return []
    stream = chance(world.seed, "day", profile.partner, day.date)
    acts = by_hand(
        count.by_hand,
        day=day,
        workers=world.staff[profile.partner],
        deck=world.decks.of(profile, "manual", day),
        population=world.population,
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
        deck=world.decks.of(profile, "automatic", day),
        population=world.population,
        known=world.known(profile),
        stream=stream,
    )
    acts += machines.work(count.automatic, day=day, windows=feed.windows)
    _break(world, acts, profile, day)
    if profile.partner == LIST_PARTNER and day.date == LIST_DAY:
        _make_list(world, acts[-1], profile)
    return acts


def _break(world: World, acts: list[Act], profile: Profile, day: Day) -> None:
    """Let the calls during an incident fail."""
    begin, end = (day.start + wall for wall in incident(world.seed, profile.partner, day))
    if begin == end:
        return
    stream = chance(world.seed, "failures", profile.partner, day.date)
    decks = {
        "manual": world.decks.of(profile, "manual", day, failing=True),
        "automatic": world.decks.of(profile, "automatic", day, failing=True),
    }
    for act in acts:
        if begin <= act.at < end:
            act.request = decks[act.request.trigger][stream.getrandbits(12)]


def _make_list(world: World, act: Act, profile: Profile) -> None:
    """Make of one act an exchange about many persons at once."""
    first, _ = world.known(profile)
    act.request = request(LIST_QUESTION, SUCCEEDED, Manner(trigger="automatic", reference=profile.reference))
    act.subjects = world.population.listed(first, LIST_LENGTH)
