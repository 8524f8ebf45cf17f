"""Which stories come over the line today.

A budget says how many new cases a day; families have a share each, so that a bad day of volumes does not bury a bad
person. Broken rules are always over the line. Patterns come by their score, probabilities by false-discovery control
(Benjamini and Hochberg, 1995, weighted): among what comes over the line at most the family's level is by chance alone.
What a family leaves of its share goes to the gravest stories of the others, when the day is over and not before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from compliance.detection.detectors.finding import Family, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from compliance.detection.triage.story import Story

SHARES: Final[Mapping[Family, float]] = {
    Family.PEOPLE: 0.5,
    Family.COVER: 0.2,
    Family.VOLUME: 0.2,
    Family.DELIVERY: 0.1,
}
CASES_A_DAY: Final = 10
LEVELS: Final[Mapping[Family, float]] = {
    Family.PEOPLE: 0.1,
    Family.COVER: 0.1,
    Family.VOLUME: 0.3,
    Family.DELIVERY: 0.1,
}
"""The share of false discoveries that is accepted: to look at an outage that is none harms nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """New cases a day, and by family its part of them and the share of false discoveries that is accepted."""

    cases: int = CASES_A_DAY
    shares: Mapping[Family, float] = field(default_factory=lambda: SHARES)
    levels: Mapping[Family, float] = field(default_factory=lambda: LEVELS)

    def of(self, family: Family) -> int:
        """Return how many new cases a day a family has for its own; at least one while there is a budget."""
        return max(round(self.cases * self.shares.get(family, 0.0)), min(1, self.cases))


class Why(StrEnum):
    """Why a story is over or under the line."""

    LAW = "law"
    STANDING = "standing"  # its case is there already
    LIKELY = "likely"  # by chance alone it would be seen too often
    WITHIN = "within"  # within the budget
    BEYOND = "beyond"  # graver stories took the day's budget


class Placed(NamedTuple):
    """A story and why it is where it is."""

    story: Story
    why: Why


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a day: what is over it, gravest first, and what is under it."""

    over: tuple[Placed, ...]
    under: tuple[Placed, ...]


def draw_line(
    stories: Iterable[Story],
    *,
    budget: Budget,
    tested: Mapping[Family, int],
    weights: Mapping[str, float] | None = None,
    standing: AbstractSet[str] = frozenset(),
    spent: Mapping[Family, int] | None = None,
    day_is_over: bool = True,
) -> Line:
    """Draw the line among the stories of one day.

    ``tested`` says how much was held against a probability in each family, found unusual or not; ``standing`` are keys
    of stories that are cases already; ``spent`` is how many new cases each family had today before.
    """
    ranked = sorted(stories, key=_gravest)
    over = [Placed(story, Why.STANDING) for story in ranked if story.key in standing]
    over += [Placed(story, Why.LAW) for story in ranked if story.key not in standing and story.tier is Tier.LAW]
    rest = [story for story in ranked if story.key not in standing and story.tier is not Tier.LAW]
    unlikely = _discoveries(rest, tested=tested, weights=weights or {}, levels=budget.levels)
    under = [Placed(story, Why.LIKELY) for story in rest if story.key not in unlikely]
    within, beyond = _share_out(
        [story for story in rest if story.key in unlikely], budget, spent or {}, day_is_over=day_is_over
    )
    over += [Placed(story, Why.WITHIN) for story in within]
    under += [Placed(story, Why.BEYOND) for story in beyond]
    return Line(_in_order(over), _in_order(under))


def _discoveries(
    stories: Sequence[Story],
    *,
    tested: Mapping[Family, int],
    weights: Mapping[str, float],
    levels: Mapping[Family, float],
) -> set[str]:
    """Return the keys of patterns, and of what is too unlikely for chance."""
    found = {story.key for story in stories if story.tier is Tier.PATTERN}
    for family in Family:
        tails = sorted((_tail(story, weights), story.key) for story in stories if story.family is family)
        held = max(tested.get(family, 0), len(tails))
        level = levels.get(family, 0.0)
        last = max((rank for rank, (tail, _) in enumerate(tails, start=1) if tail <= level * rank / held), default=0)
        found |= {key for _, key in tails[:last]}
    return found


def _tail(story: Story, weights: Mapping[str, float]) -> float:
    """Return the probability of a story: that of its unlikeliest finding, times how many of them it has a try at."""
    tails = [one.tail / weights.get(one.detector, 1.0) for one in story.findings if one.tail is not None]
    return min(1.0, min(tails, default=1.0) * len(tails))


def _share_out(
    stories: Sequence[Story], budget: Budget, spent: Mapping[Family, int], *, day_is_over: bool
) -> tuple[list[Story], list[Story]]:
    own = {family: max(0, budget.of(family) - spent.get(family, 0)) for family in Family}
    left = max(0, budget.cases - sum(spent.values()))
    within: list[Story] = []
    waiting: list[Story] = []
    for story in stories:
        if own[story.family] > 0 and left > 0:
            own[story.family] -= 1
            left -= 1
            within.append(story)
        else:
            waiting.append(story)
    more = left if day_is_over else 0
    return within + waiting[:more], waiting[more:]


def _gravest(story: Story) -> tuple[int, str]:
    return (-story.severity.total, story.key)


def _in_order(placed: list[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(placed, key=lambda one: _gravest(one.story)))
