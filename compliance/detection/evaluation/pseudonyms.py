"""Pseudonyms as the database has them, without its key: the same person gives the same number."""

from __future__ import annotations

from compliance.kernel.identifiers import normal_insz
from compliance.kernel.pseudonyms import lookup

_NUMBERS_IN_A_RANGE = 50


class Pseudonyms:
    """Numbers for persons, users and dossiers, made once and kept."""

    def __init__(self, key: bytes = b"evaluation") -> None:
        """Take the key; with that of a keyring they are those of its database."""
        self._key = key
        self._known: dict[tuple[str, str, str], int] = {}
        self.nationals: dict[str, int] = {}

    def national(self, value: str) -> int:
        """Return the pseudonym of a national number, the same at every organisation."""
        found = self.nationals.get(value)
        if found is None:
            found = self.nationals[value] = self._number("insz", normal_insz(value) or "")
        return found

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

    def number_range(self, value: str) -> int:
        """Return the pseudonym of the numbers among which a national number stands."""
        return self.person("", "number-range", str(int(value[:9]) // _NUMBERS_IN_A_RANGE))

    def _number(self, kind: str, value: str) -> int:
        return int.from_bytes(lookup(key=self._key, kind=kind, value=value)[:8], "big", signed=True)
