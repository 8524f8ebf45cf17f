"""What is planted is what its label says, repeats from its seed, and stands among the believable."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import pytest

from compliance.kernel.identifiers import number_range
from compliance.simulation.days import HOUR, days
from compliance.simulation.misuse.label import Kind, Level, Sort, sort_of
from compliance.simulation.misuse.plan import Misuse, plant
from compliance.simulation.misuse.volumes import partner_of
from compliance.simulation.partners import PARTNERS
from compliance.simulation.world import World

if TYPE_CHECKING:
    from compliance.simulation.acts import Act

SCALE, FIRST, LAST = Fraction(1, 10), 95, 215


@cache
def misuse(seed: int = 11) -> Misuse:
    """Return four months in which two stories of every kind and level are planted."""
    return plant(World(seed=seed, scale=SCALE), seed=seed, first=FIRST, last=LAST, each=2)


def test_every_kind_is_planted_and_every_kind_of_people_and_rules_at_every_level() -> None:
    planted = Counter((label.kind, label.level) for label in misuse().labels)
    assert {kind for kind, _ in planted} == set(Kind)
    assert all(
        planted[kind, level]
        for kind in Kind
        if sort_of(kind) is not Sort.VOLUMES or kind is Kind.SPIKE
        for level in Level
    )


def test_the_same_seed_plants_the_same_and_another_seed_something_else() -> None:
    again = plant(World(seed=11, scale=SCALE), seed=11, first=FIRST, last=LAST, each=2)
    assert again.labels == misuse().labels
    assert misuse(12).labels != misuse().labels


def test_a_day_comes_out_the_same_however_often_it_is_asked_for() -> None:
    day = days()[130]
    (first, named), (second, again) = misuse().acts(day), misuse().acts(day)
    assert [(act.at, act.asker, act.subjects) for act in first] == [(act.at, act.asker, act.subjects) for act in second]
    assert named == again


def test_a_label_names_all_that_was_planted_for_it() -> None:
    told: Counter[str] = Counter()
    for day in days()[FIRST:LAST]:
        acts, named = misuse().acts(day)
        told.update(named.values())
        assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert told == {label.name: label.exchanges for label in misuse().labels if label.exchanges}


def test_a_story_ripens_while_it_lasts_and_is_plainer_the_more_blatant_it_is() -> None:
    for label in misuse().labels:
        assert label.begins <= label.ripe <= label.ends
    for kind in (Kind.REPEAT, Kind.MANY, Kind.NAME_SEARCH, Kind.ENUMERATION, Kind.SLOW, Kind.PEERS):
        sizes = {label.level: label.exchanges for label in misuse().labels if label.kind is kind}
        assert sizes[Level.BLATANT] > sizes[Level.PLAIN] > sizes[Level.SUBTLE] >= 2


def test_who_snoops_looks_at_persons_with_whom_the_partner_has_nothing_to_do() -> None:
    world = misuse().world
    for label in misuse().labels:
        if label.kind is Kind.MANY:
            first, known = next(world.known(profile) for profile in PARTNERS if profile.partner == label.partner)
            own = {world.population.alone[(first + n) % world.population.size][0].value for n in range(known)}
            assert not own & label.persons


def test_who_left_is_not_seen_before_the_account_awakes() -> None:
    label = next(label for label in misuse().labels if label.kind is Kind.DORMANT)
    awake = next(day.number for day in days() if label.begins < day.start + day.length)
    for day in days()[awake - 60 : awake]:
        assert all(act.asker != label.askers[0] for act in misuse().acts(day)[0])


def test_numbers_are_tried_near_each_other() -> None:
    label = next(label for label in misuse().labels if label.kind is Kind.ENUMERATION and label.level is Level.BLATANT)
    assert len({number_range(person) for person in label.persons}) <= 4


@pytest.mark.parametrize("kind", [Kind.SILENCE, Kind.SILENT_DAY])
def test_silence_is_silent_and_was_not_so_of_itself(kind: Kind) -> None:
    label = next(label for label in misuse().labels if label.kind is kind)
    day = next(day for day in days() if label.begins < day.start + day.length)
    assert not _of(label.partner, label.begins, label.ends, misuse().acts(day)[0])
    assert _of(label.partner, label.begins, label.ends, misuse().world.acts(day))


def test_a_spike_multiplies_what_is_asked_of_one_service() -> None:
    label = next(label for label in misuse().labels if label.kind is Kind.SPIKE and label.level is Level.BLATANT)
    day = next(day for day in days() if label.begins < day.start + day.length)

    def asked(acts: list[Act]) -> int:
        found = _of(label.partner, label.begins, label.ends, acts)
        return sum(act.request.service.code == label.service for act in found)

    assert asked(misuse().acts(day)[0]) > 4 * asked(misuse().world.acts(day))


def test_an_error_rise_fails_more_and_asks_no_more() -> None:
    label = next(label for label in misuse().labels if label.kind is Kind.ERRORS and label.level is Level.BLATANT)
    day = next(day for day in days() if label.begins < day.start + day.length)
    found = _of(label.partner, label.begins, label.ends, misuse().acts(day)[0])
    assert sum(act.request.outcome == "failed" for act in found) > 0.6 * len(found)


def test_what_is_lost_is_numbered_and_never_told() -> None:
    label = next(label for label in misuse().labels if label.kind is Kind.GAP)
    day = next(day for day in days() if label.begins < day.start + day.length)
    lost = [act for act in misuse().acts(day)[0] if act.lost]
    assert len(lost) >= label.exchanges


def test_ordinary_life_has_overtime_and_never_the_same_colleague_only() -> None:
    lived = [act for day in days()[100:130] for act in misuse().acts(day)[0] if act.request.trigger == "manual"]
    late = [act for act in lived if (act.at // HOUR + 2) % 24 >= 19]
    assert 0.001 < len(late) / len(lived) < 0.15
    seen = Counter((act.asker, act.subjects) for act in lived)
    assert max(seen.values()) > 10


def _of(partner: str, begins: int, ends: int, acts: list[Act]) -> list[Act]:
    return [act for act in acts if begins <= act.at < ends and partner_of(act) == partner]
