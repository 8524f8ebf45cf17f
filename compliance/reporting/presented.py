"""What a template of the answer is given: words and formatted figures, ready to print.

Every string is plain text in the reader's language, except ``PresentedChart.svg``, a whole SVG
element that is safe to print.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class PresentedCell:
    """``text`` to show; ``second`` is a smaller line under it; ``marks`` follow it, raised; ``title`` explains it.

    ``kind`` is a class for the style sheet: ``count``, ``carried-over``, ``not-connected``, ``no-figures``,
    ``more``, ``less`` or ``same``. ``is_number`` tells whether it is aligned with figures.
    """

    text: str
    kind: str
    second: str = ""
    marks: str = ""
    title: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class PresentedColumn:
    """The head of a column; ``code`` is "" for what is no partner, ``title`` the full name where ``label`` is short."""

    label: str
    code: str = ""
    marks: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class PresentedRow:
    """A head and a cell for each column after the first. ``is_difference`` sets a row apart."""

    label: str
    cells: tuple[PresentedCell, ...]
    marks: str = ""
    is_difference: bool = False


@dataclass(frozen=True, slots=True)
class PresentedTable:
    """``columns`` begins with the head of the row heads; ``foot`` is the row of totals."""

    caption: str
    columns: tuple[PresentedColumn, ...]
    rows: tuple[PresentedRow, ...]
    foot: PresentedRow | None = None


@dataclass(frozen=True, slots=True)
class PresentedNote:
    """A footnote: its mark and its text."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class PresentedChart:
    """One panel: a partner's months, with a scale of its own; ``description`` says in a sentence what it shows."""

    title: str
    description: str
    svg: SafeString


@dataclass(frozen=True, slots=True)
class PresentedCharts:
    """The panels of the chart, and the sentence that says how to read them."""

    heading: str
    caption: str
    panels: tuple[PresentedChart, ...]


@dataclass(frozen=True, slots=True)
class PresentedSection:
    """A part with a heading: sentences, then tables."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[PresentedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class PresentedAnswer:
    """The whole answer in words, in the order in which it is read.

    ``notices`` must be seen first (a demonstration, months without figures); ``summary`` is the answer in sentences;
    ``years`` is None unless years are compared; ``discimus`` and ``departures`` are None where there is nothing to say.
    ``counted`` tells up to when.
    """

    title: str
    period: str
    question: str
    notices: tuple[str, ...]
    summary: tuple[str, ...]
    months: PresentedTable
    years: PresentedSection | None
    charts: PresentedCharts
    notes_heading: str
    notes: tuple[PresentedNote, ...]
    controllers: PresentedSection
    discimus: PresentedSection | None
    departures: PresentedSection | None
    counted: str
    language: str
