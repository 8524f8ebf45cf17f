"""Read a series from CSV, columns ``timestamp`` and ``value``; what cannot be read is named by line and column."""

from __future__ import annotations

import csv
from array import array
from datetime import UTC, datetime
from itertools import pairwise
from math import isfinite, nan
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COLUMNS: Final = ("timestamp", "value")
MISSING: Final = frozenset({"", "nan", "na", "n/a", "null", "none", "-"})
_FIRST: Final = 9
"""Timestamps by which the step is told; the scores that they matter for come later."""
_DAY: Final = 86_400.0


class SeriesError(ValueError):
    """A file that is no series. The message names line, column and remedy."""


class Read(NamedTuple):
    """A series: timestamps as they were written, values (not a number where missing), and its step in seconds or 0."""

    timestamps: list[str]
    values: array[float]
    step: float


def read_series(lines: Iterable[str]) -> Read:
    """Read a series in the order of time. Raises SeriesError."""
    rows = csv.reader(lines)
    at_timestamp, at_value = _header(next(rows, None))
    needed = max(at_timestamp, at_value)
    timestamps: list[str] = []
    values: array[float] = array("d")
    first: list[float] = []
    last = float("-inf")
    for row in rows:
        if not row:
            continue
        line = rows.line_num
        if len(row) <= needed:
            message = f"Line {line} has {len(row)} columns where {needed + 1} are needed: write timestamp,value."
            raise SeriesError(message)
        moment = _moment(row[at_timestamp], line)
        if moment < last:
            message = (
                f"Line {line}, column timestamp: {row[at_timestamp]!r} lies before the line above. "
                "Sort the file by time; scores rest on what came before."
            )
            raise SeriesError(message)
        last = moment
        if len(first) < _FIRST:
            first.append(moment)
        timestamps.append(row[at_timestamp])
        values.append(_value(row[at_value], line))
    return Read(timestamps, values, _step(first))


def hints(step: float) -> tuple[int, ...]:
    """Return the seasons that a clock suggests, in steps: a day and a week, where the step divides a day."""
    if step <= 0:
        return ()
    steps = _DAY / step
    return tuple(round(steps * days) for days in (1, 7) if abs(steps * days - round(steps * days)) < 1e-6)  # noqa: PLR2004 a rounding


def _header(row: list[str] | None) -> tuple[int, int]:
    if row is None:
        message = "The file is empty: write a first line timestamp,value and a line for each value."
        raise SeriesError(message)
    names = [name.strip().lstrip("\ufeff").lower() for name in row]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        message = f"Line 1 has no column {missing[0]}: name the columns timestamp,value (found: {', '.join(row)})."
        raise SeriesError(message)
    return names.index("timestamp"), names.index("value")


def _moment(text: str, line: int) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            seconds = float(text)
        except ValueError:
            seconds = nan
        if isfinite(seconds):
            return seconds
        message = (
            f"Line {line}, column timestamp: {text!r} is no moment. "
            "Write it as 2016-05-12T09:14:03Z, or as a number of seconds."
        )
        raise SeriesError(message) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _value(text: str, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        if text.strip().lower() in MISSING:
            return nan
        message = (
            f"Line {line}, column value: {text!r} is no number. "
            "Write digits with a point for decimals, or nothing where the value is missing."
        )
        raise SeriesError(message) from None
    if value in (float("inf"), float("-inf")):
        message = f"Line {line}, column value: {text!r} has no end. Write a number, or nothing where it is missing."
        raise SeriesError(message)
    return value


def _step(first: Sequence[float]) -> float:
    steps = [later - earlier for earlier, later in pairwise(first)]
    if len(first) < _FIRST:
        return 0.0
    usual = median(steps)
    return usual if max(abs(step - usual) for step in steps) < 0.01 * usual else 0.0
