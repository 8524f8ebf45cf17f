"""The two doors for people show the same components; what differs is where links lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Door:
    """A door by the prefix that the names of its addresses have."""

    prefix: str

    def address(self, name: str, *parts: object, query: Mapping[str, str] | None = None) -> str:
        """Return the address of a screen of this door."""
        address = reverse(f"{self.prefix}{name}", args=parts)
        return f"{address}?{urlencode(query)}" if query else address


CONSOLE = Door(prefix="")
