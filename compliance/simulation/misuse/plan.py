"""The misuse of a stretch of the year: every kind, at every level, planted from a seed into ordinary life."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from compliance.simulation.misuse.ground import Ground, NoRoomError
from compliance.simulation.misuse.label import Kind, Level
from compliance.simulation.misuse.ordinary import Ordinary
from compliance.simulation.misuse.people import PEOPLE
from compliance.simulation.misuse.records import RECORDS
from compliance.simulation.misuse.volumes import LASTING, VOLUMES, Changer, Troubles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from compliance.simulation.acts import Act
    from compliance.simulation.days import Day
    from compliance.simulation.misuse.ground import Planted, Trial
    from compliance.simulation.misuse.label import Label
    from compliance.simulation.misuse.stories import Away, File, Plant
    from compliance.simulation.misuse.volumes import Change
    from compliance.simulation.world import World

_HOW: Mapping[Kind, Plant] = {**PEOPLE, **RECORDS}


@dataclass(frozen=True, kw_only=True)
class Misuse:
    """What was planted in a world. Days can be asked for in any order."""

    world: World
    labels: tuple[Label, ...]
    ordinary: Ordinary
    files: tuple[File, ...]
    trials: tuple[Trial, ...]
    away: tuple[Away, ...]
    _planted: dict[int, list[tuple[str, Act]]]
    _beside: dict[int, list[Act]]
    _changer: Changer

    def acts(self, day: Day) -> tuple[list[Act], dict[int, str]]:
        """Return everything that happens on a day, in order of time, and the labels of what was planted, by place."""
        lived = self.ordinary.lived(day, self.world.acts(day), away=self.away)
        acts = self._changer.changed(day, lived + self._beside.get(day.number, []))
        named = {id(act): name for name, act in self._planted.get(day.number, [])}
        acts += [act for _, act in self._planted.get(day.number, [])]
        acts.sort(key=lambda act: act.at)
        return acts, {place: named[id(act)] for place, act in enumerate(acts) if id(act) in named}


def plant(
    world: World, *, seed: int, first: int, last: int, each: int, kinds: Collection[Kind] = tuple(Kind)
) -> Misuse:
    """Plant ``each`` stories of every kind and level, from the day with number ``first`` to before ``last``.

    Of what lasts for weeks half as many, rounded up.
    """
    ground = Ground(world, seed=seed, first=first, last=last)
    troubles = Troubles(ground)
    labels: list[Label] = []
    planted: dict[int, list[tuple[str, Act]]] = defaultdict(list)
    files: list[File] = []
    away: list[Away] = []
    changes: list[Change] = []
    order = (*VOLUMES, *PEOPLE, *RECORDS)  # what lasts longest first, while there is room
    for kind in (kind for kind in order if kind in kinds):
        # What lasts for weeks fills the time in which a partner can have no other trouble.
        number = (each + 1) // 2 if kind in LASTING else each
        for level, n in product(Level, range(1, number + 1)):
            try:
                if kind in VOLUMES:
                    changes.append(troubles.plant(kind, level))
                    continue
                story = _HOW[kind](ground, level)
            except NoRoomError:  # fewer are planted, and fewer are counted
                continue
            label = replace(story.label, name=f"{kind}/{level}/{n}")
            labels.append(label)
            files += story.files
            away += story.away
            for day, act in story.acts:
                planted[day].append((label.name, act))
    return Misuse(
        world=world,
        labels=(*labels, *(change.label for change in changes)),
        ordinary=Ordinary(world, seed=seed),
        files=tuple(files),
        trials=tuple(ground.trials),
        away=tuple(away),
        _planted=dict(planted),
        _beside=_by_day(ground.ordinary),
        _changer=Changer(tuple(changes), seed=seed),
    )


def _by_day(acts: Sequence[Planted]) -> dict[int, list[Act]]:
    found: dict[int, list[Act]] = defaultdict(list)
    for number, act in acts:
        found[number].append(act)
    return dict(found)
