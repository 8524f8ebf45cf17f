"""The answer as a value: what is known, in no language and no layout. ``build_answer`` makes it.

Figures are whole exchanges; shares are exact fractions; days are days in Brussels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from fractions import Fraction

    from compliance.reporting.months import Period

OTHERS = ""
"""The code of the column of organisations that have no column of their own."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the three languages."""

    nl: str
    en: str
    fr: str

    def read_in(self, language: str) -> str:
        """Return them in a language (``nl-be`` is Dutch); Dutch where it is none of the three."""
        return {"en": self.en, "fr": self.fr}.get(language[:2], self.nl)


class CellKind(StrEnum):
    """What a cell says."""

    COUNT = "count"
    CARRIED_OVER = "carried-over"
    NOT_CONNECTED = "not-connected"
    NO_FIGURES = "no-figures"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure, or why there is none.

    ``value`` stands only with COUNT and CARRIED_OVER. ``documents`` are the codes of the documents that
    figures were carried over from. ``connected_from`` stands only with NOT_CONNECTED. ``complete`` is
    false where a part of the period has no figures. ``marks`` name footnotes.
    """

    kind: CellKind
    value: int | None = None
    documents: tuple[str, ...] = ()
    connected_from: date | None = None
    complete: bool = True
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One partner (``code`` is OTHERS for organisations without a column of their own)."""

    code: str
    name: Words
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The divisor and what it gives. ``until`` (excluded) is earlier than the period's end while that still runs."""

    days: int
    until: date
    per_day: Fraction | None


@dataclass(frozen=True, slots=True)
class Row:
    """One period: a cell for each column, and their total."""

    period: Period
    cells: tuple[Cell, ...]
    total: Cell
    working_days: WorkingDays
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``total_marks`` are footnotes to all partners together."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total_marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more (or less) than earlier; ``share`` of the earlier figure, None where that was zero."""

    value: int | None
    share: Fraction | None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One period set against an earlier one."""

    later: Period
    earlier: Period
    cells: tuple[Difference, ...]
    total: Difference


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, to the partner ``organisation`` or ("") to all; ``until`` is excluded."""

    mark: str
    organisation: str
    start: date
    until: date
    text: Words


@dataclass(frozen=True, slots=True)
class Controller:
    """Who was controller in which part of the period; ``until`` is excluded."""

    code: str
    name: Words
    start: date
    until: date
    citation: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: its code, its count, its share."""

    code: str
    value: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Discimus:
    """The queries to DISCIMUS: how many, with which outcome ("" is none), automatic against manual."""

    queries: int
    outcomes: tuple[Part, ...]
    triggers: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A published document: ``compared`` of its figures were held against computed ones, ``agreeing`` of them agree."""

    code: str
    name: Words
    citation: str
    published_on: date
    compared: int
    agreeing: int


@dataclass(frozen=True, slots=True)
class Departure:
    """A figure that a document prints otherwise than it is computed here.

    ``series`` names what is counted; ``organisation`` is "" for the total. ``difference`` is computed less printed.
    """

    document: str
    series: str
    period: Period
    compared_with: Period | None
    organisation: str
    printed: int
    computed: int
    difference: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Exchanges per partner and month of ``period``; ``scope`` is the one partner it is limited to.

    ``months`` has a row for each month, or for a whole year of which only the year's figure is known;
    ``total`` sums it. ``years`` (earliest first) and ``differences`` (latest first) compare; both are
    empty unless asked. ``documents`` are those carried over from or compared with. ``scale`` is not 1
    while the exchanges are a replay on a smaller scale; None without a replay. ``counted_until`` is when
    the counts were last brought up to date.
    """

    period: Period
    scope: str | None
    months: Table
    total: Row
    years: Table | None
    differences: tuple[DifferenceRow, ...]
    notes: tuple[Note, ...]
    controllers: tuple[Controller, ...]
    discimus: Discimus | None
    documents: tuple[Document, ...]
    departures: tuple[Departure, ...]
    scale: Fraction | None
    counted_until: datetime | None
