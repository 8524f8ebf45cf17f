"""The published answer, as it was printed: the figures that ours must equal, and its one slip."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

REFERENCE = Path(__file__).parent / "reference"
PARTNERS = ("OCMW-GENT", "VMSW", "VDAB", "CVO-CBE", "AHOVOKS")
SLIP, MEANT = 5_209_336, 5_290_336
DISCIMUS_QUERIES = 12_989
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FIGURE = r"-?\d{1,3}(?:\.\d{3})*"


class Printed(NamedTuple):
    """A line of a printed table: the five partners, then the total."""

    partners: tuple[int, ...]
    total: int


def _lines(pattern: str) -> dict[str, Printed]:
    text = (REFERENCE / "answer-321-2017.txt").read_text(encoding="utf-8")
    found: dict[str, Printed] = {}
    for line in re.finditer(rf"^({pattern}) ((?:{_FIGURE} ?){{6}})$", text, re.MULTILINE):
        *partners, total = (int(figure.replace(".", "")) for figure in line[2].split())
        found.setdefault(line[1], Printed(tuple(partners), total))
    return found


def printed_months() -> list[Printed]:
    """Return the twelve lines of the table of months, from the text."""
    lines = _lines(r"[a-z]{3}/16")
    return [lines[f"{month}/16"] for month in _MONTHS]


def printed_total() -> Printed:
    """Return the line of totals under it."""
    return _lines("totaal")["totaal"]


def printed_years() -> dict[int, Printed]:
    """Return the lines of the years."""
    return {int(year.removesuffix("*")): line for year, line in _lines(r"201[456]\*?").items()}


def printed_differences() -> Printed:
    """Return the line "2016 tov 2015", the slip included."""
    return _lines(r"2016 tov \n2015")["2016 tov \n2015"]


def months() -> list[tuple[str, str, int]]:
    """Return month, partner and exchanges of 2016, from the table of data."""
    with (REFERENCE / "exchanges-2016-monthly.csv").open(newline="", encoding="utf-8") as file:
        return [(row["month"], row["partner"], int(row["exchanges"])) for row in csv.DictReader(file)]


def discimus() -> dict[str, int]:
    """Return the queries to DISCIMUS by outcome."""
    with (REFERENCE / "discimus-2016.csv").open(newline="", encoding="utf-8") as file:
        return {row["outcome"].replace("_", "-"): int(row["queries"]) for row in csv.DictReader(file)}
