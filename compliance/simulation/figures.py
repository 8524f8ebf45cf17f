"""The published figures that the replay must give back: exchanges per partner and month, DISCIMUS by outcome."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple, get_args

from compliance.simulation.acts import ServiceOutcome

_PUBLISHED = files("compliance.registry") / "fixture" / "answer-321-2017"


class Cell(NamedTuple):
    """One cell of the monthly table: a partner in a month (its first day)."""

    month: date
    partner: str


@cache
def monthly() -> dict[Cell, int]:
    """Return the exchanges of each cell of 2016, in the order of the table."""
    rows = csv.DictReader((_PUBLISHED / "exchanges-2016-monthly.csv").read_text(encoding="utf-8").splitlines())
    return {Cell(date.fromisoformat(f"{row['month']}-01"), row["partner"]): int(row["exchanges"]) for row in rows}


@cache
def discimus() -> dict[ServiceOutcome, int]:
    """Return the queries to DISCIMUS in 2016 by outcome, in the words of a report."""
    rows = csv.DictReader((_PUBLISHED / "discimus-2016.csv").read_text(encoding="utf-8").splitlines())
    figures = {row["outcome"].replace("_", "-"): int(row["queries"]) for row in rows}
    return {outcome: figures[outcome] for outcome in get_args(ServiceOutcome)}
