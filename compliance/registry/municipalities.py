"""The municipalities of the Flemish Region, as they were on any day: 308 until 2018, 300 from 2019, 285 from 2025.

Facts of Statbel's, read from a file beside the register's own fixture (`fixture/README.md` says from where). A merger
ends municipalities and, but for Antwerp, makes a new one with a NIS code of its own. Each has its OCMW.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.registry.named import in_language
from compliance.registry.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parent / "fixture" / "municipalities.csv"
OCMW_POSITION = 200  # in tables, after all others
_BEFORE_ALL = date(1977, 1, 1)  # the mergers before these; older days are not asked


class Province(StrEnum):
    """The five provinces, by NIS code."""

    ANTWERP = "10000"
    FLEMISH_BRABANT = "20001"
    WEST_FLANDERS = "30000"
    EAST_FLANDERS = "40000"
    LIMBURG = "70000"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: its NIS code, names, province, the days on which it was one, and its OCMW's code."""

    nis: str
    name_nl: str
    name_fr: str
    province: Province
    span: Span
    merged_into: str
    ocmw: str

    @property
    def name(self) -> str:
        """The name in the language of the reader; in English as in Dutch, the official one."""
        return in_language(self, "name")


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return all that ever were since 1977, by NIS code, in its order. Read once."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return {row["nis"]: _municipality(row) for row in csv.DictReader(file)}


def municipalities_on(day: date) -> list[Municipality]:
    """Return those of a day, by name."""
    return sorted((one for one in municipalities().values() if one.span.holds(day)), key=lambda one: one.name_nl)


def merged_from(nis: str) -> list[Municipality]:
    """Return which municipalities went up in this one."""
    return [one for one in municipalities().values() if one.merged_into == nis]


def _municipality(row: dict[str, str]) -> Municipality:
    start, end = (date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_until"))
    return Municipality(
        nis=row["nis"],
        name_nl=row["name_nl"],
        name_fr=row["name_fr"],
        province=Province(row["province"]),
        span=Span(start or _BEFORE_ALL, end),
        merged_into=row["merged_into"],
        ocmw=row["ocmw"],
    )
