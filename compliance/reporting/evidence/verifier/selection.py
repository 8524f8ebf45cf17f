"""Which leaves a bundle is about: the declared filter, and whether it selects a leaf. Pure.

The exporter asks this of every leaf, and so does the verifier, so that a filter cannot mean two things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXCHANGE_SCHEMA = "kbi-audit/exchange/1"
STARTED, RECEIVED = "started", "received"
NOT_COVERED = "not-covered"
COVERED = "covered"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_FILTER_MEMBERS = {"time", "from", "to", "equal", "ids"}

PLAIN_FIELDS = (
    "source",
    "purpose",
    "legal_basis",
    "route",
    "direction",
    "trigger",
    "environment",
    "outcome",
    "service_outcome",
    "confidentiality",
    "retention",
    "producer",
    "message_reference",
)
NESTED_FIELDS = {
    "asker": ("asker", "organisation"),
    "on_behalf_of": ("asker", "on_behalf_of"),
    "application": ("asker", "application"),
    "capacity": ("asker", "capacity"),
    "service": ("service", "code"),
    "service_version": ("service", "version"),
    "verdict": ("verdict", "code"),
    "authorisation": ("verdict", "authorisation"),
}
PARTNER = "partner"
FIELDS = (PARTNER, *NESTED_FIELDS, *PLAIN_FIELDS)


class FilterError(ValueError):
    """A filter that is not one."""


@dataclass(frozen=True)
class Filter:
    """A period (``start <= moment < end``, canonical times), values by field, and identifiers; empty selects all."""

    time: str = STARTED
    start: str | None = None
    end: str | None = None
    equal: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: tuple[str, ...] = ()

    def matcher(self) -> Callable[[Mapping[str, Any]], bool]:
        """Return what tells of a leaf (its JSON, read) whether it is selected."""
        moment = f"{self.time}_at"
        start, end, ids = self.start, self.end, frozenset(self.ids)
        wanted = [(_reader_of(name), _allowed(name, values)) for name, values in self.equal]
        others = any(name == "verdict" and NOT_COVERED in values for name, values in self.equal)

        def selects(leaf: Mapping[str, Any]) -> bool:
            if leaf["schema"] != EXCHANGE_SCHEMA:
                return False
            at = leaf[moment]
            if (start is not None and at < start) or (end is not None and at >= end):
                return False
            if ids and leaf["id"] not in ids:
                return False
            for read, allowed in wanted:
                value = read(leaf)
                if value not in allowed and not (others and read is _verdict and value != COVERED):
                    return False
            return True

        return selects

    def told(self) -> dict[str, Any]:
        """Return the filter as the declaration has it."""
        equal = {name: list(values) for name, values in self.equal}
        return {"time": self.time, "from": self.start, "to": self.end, "equal": equal, "ids": list(self.ids)}


def filter_of(told: Any) -> Filter:
    """Read a filter from the declaration. Raises :class:`FilterError`."""
    if not isinstance(told, dict) or set(told) != _FILTER_MEMBERS or not isinstance(told["equal"], dict):
        message = "The filter has other members than a filter has."
        raise FilterError(message)
    moments = (told["from"], told["to"])
    if told["time"] not in {STARTED, RECEIVED} or not all(_is_moment(moment) for moment in moments):
        message = "The period of the filter is not one."
        raise FilterError(message)
    if not set(told["equal"]) <= set(FIELDS) or not all(map(_are_texts, [*told["equal"].values(), told["ids"]])):
        message = "The filter names a field that cannot be filtered on, or a value that is no text."
        raise FilterError(message)
    equal = tuple((name, tuple(values)) for name, values in told["equal"].items())
    return Filter(told["time"], *moments, equal, tuple(told["ids"]))


def partner_of(leaf: Mapping[str, Any]) -> str:
    """Return the party of an exchange that is not the crossroads bank."""
    if leaf["direction"] != "provided":
        return str(leaf["source"])
    asker = leaf["asker"]
    return str(asker.get("on_behalf_of") or asker["organisation"])


def _reader_of(name: str) -> Callable[[Mapping[str, Any]], str]:
    if name == PARTNER:
        return partner_of
    if name == "verdict":
        return _verdict
    if name in NESTED_FIELDS:
        outer, inner = NESTED_FIELDS[name]
        return lambda leaf: leaf[outer].get(inner, "")
    return lambda leaf: leaf.get(name, "")


def _verdict(leaf: Mapping[str, Any]) -> str:
    return str(leaf["verdict"]["code"])


def _allowed(name: str, values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(value for value in values if name != "verdict" or value != NOT_COVERED)


def _is_moment(told: Any) -> bool:
    return told is None or (isinstance(told, str) and MOMENT.fullmatch(told) is not None)


def _are_texts(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(value, str) for value in told)
