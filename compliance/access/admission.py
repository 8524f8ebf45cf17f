"""With what a machine client came in: its scopes, and the register that it was looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.access.scopes import Scope


@dataclass(frozen=True, slots=True)
class Admission:
    """What a request may do, by which credential, and the revision of the register at which that was so."""

    revision: int
    credential: int
    scopes: frozenset[Scope]
