"""Pseudonyms as the database has them, without its key: the same person gives the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.identifiers import normal_insz, number_range
from compliance.kernel.pseudonyms import lookup, short

if TYPE_CHECKING:
    from collections.abc import Iterable


class Pseudonyms:
    """Numbers for persons, users and dossiers, made once and kept."""

    def __init__(self, key: bytes = b"evaluation") -> None:
        """Take the key; with that of a keyring they are those of its database."""
        self._key = key
        self._known: dict[tuple[str, str, str], int] = {}
        self._persons: dict[str, int] = {}
        self._ranges: dict[str, int] = {}
        self._range_numbers: dict[str, int] = {}

    def national(self, value: str) -> int:
        """Return the pseudonym of a national number, the same at every organisation."""
        if value not in self._persons:
            self._learn(value)
        return self._persons[value]

    def person(self, scope: str, kind: str, value: str) -> int:
        """Return the pseudonym of a person or user, as an organisation knows them."""
        if kind == "insz":
            return self.national(value)
        key = (scope, kind, value)
        if key not in self._known:
            self._known[key] = self._number(f"{scope}/{kind}", value)
        return self._known[key]

    def dossier(self, scope: str, reference: str) -> int:
        """Return the pseudonym of an organisation's reference of a dossier."""
        return self.person(scope, "dossier-reference", reference)

    def nationals(self, values: Iterable[str]) -> tuple[list[int], list[int]]:
        """Return the pseudonyms of many national numbers, and of the numbers among which each stands."""
        asked = list(values)
        for value in set(asked) - self._persons.keys():
            self._learn(value)
        persons, ranges = self._persons, self._ranges
        return [persons[value] for value in asked], [ranges[value] for value in asked]

    def _learn(self, value: str) -> None:
        normal = normal_insz(value) or ""
        within = number_range(normal)
        if within not in self._range_numbers:
            self._range_numbers[within] = self._number("number-range", within)
        self._persons[value], self._ranges[value] = self._number("insz", normal), self._range_numbers[within]

    def _number(self, kind: str, value: str) -> int:
        return short(lookup(key=self._key, kind=kind, value=value))
