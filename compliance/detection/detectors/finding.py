"""What a detector saw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Fact = str | int | float | None


class Tier(IntEnum):
    """What a finding rests on. Tiers are not summed: each has its own way over the line."""

    LAW = 0  # a legal rule was broken: never dropped, only grouped
    PATTERN = 1  # a pattern of misuse, unlikely to be chance
    STATISTIC = 2  # unlikely, by its tail probability
    PEER = 3  # unlike others in the same place
    SAMPLE = 4  # drawn at random


class Family(StrEnum):
    """What a finding is about: each has its own share of the officer's budget."""

    COVER = "cover"
    PEOPLE = "people"
    VOLUME = "volume"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing seen. ``period`` and what it is about make the key: seen again in that period, it is the same finding.

    ``tail`` is the probability of seeing this much or more when nothing is wrong (tiers 2 and 3); ``score`` is in
    [0, 1]. ``facts`` fill the sentence; no value about a person stands in them. ``evidence`` are identifiers of
    exchanges, the most telling first, at most fifty; ``exchanges`` and ``persons`` say how many there were in all.
    """

    detector: str
    family: Family
    tier: Tier
    period: str
    begins: datetime
    ends: datetime
    partner: str = ""
    service: str = ""
    series: str = ""
    user: int | None = None
    person: int | None = None
    tail: float | None = None
    score: float
    facts: Mapping[str, Fact] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    exchanges: int = 0
    persons: int = 0
    categories: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """32 characters that name the finding: the same thing seen again has the same."""
        parts = (self.detector, self.period, self.partner, self.service, self.series, self.user, self.person)
        return hashlib.sha256("\x1f".join("" if part is None else str(part) for part in parts).encode()).hexdigest()[
            :32
        ]
