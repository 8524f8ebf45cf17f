"""What was planted, so that what is found can be held against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.exchanges.submission import Asker


class Kind(StrEnum):
    """Every kind of misuse and trouble that detection promises to see."""

    REPEAT = "repeat"  # the same user and the same person, again and again
    MANY = "many-without-dossier"
    NAME_SEARCH = "name-search"  # a search by name, followed by many opens
    ENUMERATION = "enumeration"
    DORMANT = "dormant-awake"
    FIRST_USE = "first-use"
    VIP = "vip"  # a person whom many suddenly look at
    OWN = "own-file"  # own file, household or address
    PEERS = "unlike-peers"
    SLOW = "slow-browsing"
    NO_COVER = "no-cover"
    BEYOND = "category-beyond"
    EXPIRED = "expired"
    OFF_HOURS = "off-hours"
    CLOSED = "closed-dossier"
    REPLAYED = "replayed-reference"
    CLOCK = "clock-drift"
    TEST_DATA = "test-data"
    CEILING = "ceiling"
    UNANSWERED = "unanswered"
    GAP = "producer-gap"
    SILENT_DAY = "silent-day"
    SPIKE = "spike"
    DIP = "dip"
    SILENCE = "silence"
    SHIFT = "level-shift"
    DRIFT = "slow-drift"
    ERRORS = "error-rise"


class Level(StrEnum):
    """How plain it is to see."""

    BLATANT = "blatant"
    PLAIN = "plain"
    SUBTLE = "subtle"


class Sort(StrEnum):
    """Three sorts of kinds, each with a promise of its own on how soon it is found."""

    PEOPLE = "people"
    RULES = "rules"
    VOLUMES = "volumes"


_PEOPLE = frozenset(tuple(Kind)[: tuple(Kind).index(Kind.NO_COVER)])
_VOLUMES = frozenset(tuple(Kind)[tuple(Kind).index(Kind.SILENT_DAY) :]) | {Kind.UNANSWERED}


def sort_of(kind: Kind) -> Sort:
    """Return of which sort a kind is."""
    return Sort.PEOPLE if kind in _PEOPLE else Sort.VOLUMES if kind in _VOLUMES else Sort.RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One planted story. Moments are milliseconds since 1970.

    ``ripe`` is the moment of the act that makes it more than could be chance: from then on it can be expected to be
    found. ``persons`` are identifiers; ``exchanges`` is how many acts were planted, none where acts were only changed.
    """

    name: str
    kind: Kind
    level: Level
    partner: str
    begins: int
    ripe: int
    ends: int
    service: str = ""
    askers: tuple[Asker, ...] = ()
    persons: frozenset[str] = field(default_factory=frozenset)
    exchanges: int = 0
