"""Who acts: a person or a named system. An anonymous act raises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliance.kernel.errors import AnonymousActError


class ActorKind(StrEnum):
    """What kind of actor."""

    PERSON = "person"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (account name) or a named system, and the organisation it belongs to ("" = the keeper)."""

    kind: ActorKind
    name: str
    organisation: str = ""

    def __post_init__(self) -> None:
        """Refuse an actor without a name."""
        if not self.name:
            raise AnonymousActError


def system(name: str) -> Actor:
    """Return the named system as an actor."""
    return Actor(kind=ActorKind.SYSTEM, name=name)
