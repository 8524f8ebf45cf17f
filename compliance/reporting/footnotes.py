"""Footnotes and their marks: which belong under an answer, and where their marks stand. Pure.

A footnote that holds for every row of a table marks the partner's head; one that holds for some marks those
cells. One to all partners marks the head of the totals, or the rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from compliance.reporting.answer_shape import Note, Row, Table
from compliance.reporting.facts import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from compliance.registry.models import Footnote
    from compliance.reporting.months import Period

_SIGNS = ("*", "**", "***", "\N{DAGGER}", "\N{DAGGER}" * 2, "\N{DAGGER}" * 3, "\N{DOUBLE DAGGER}")


def notes_for(
    footnotes: Iterable[Footnote], *, period: Period, others: Collection[Period], codes: Collection[str]
) -> tuple[Note, ...]:
    """Return the footnotes to a period, then those to the periods that it is compared with, and mark them."""
    relevant = [row for row in footnotes if row.organisation is None or row.organisation.code in codes]
    first = [row for row in relevant if period.overlaps(row.period_from, row.period_until)]
    rest = [
        row
        for row in relevant
        if row not in first and any(other.overlaps(row.period_from, row.period_until) for other in others)
    ]
    return tuple(
        Note(
            mark=_SIGNS[index] if index < len(_SIGNS) else f"({index + 1})",
            organisation=row.organisation.code if row.organisation else "",
            start=row.period_from,
            until=row.period_until,
            text=words_of(row, "text"),
        )
        for index, row in enumerate((*first, *rest))
    )


def mark(table: Table, notes: Iterable[Note]) -> Table:
    """Return the table with the marks of its footnotes."""
    throughout = [note for note in notes if all(row.period.lies_within(note.start, note.until) for row in table.rows)]
    partly = [note for note in notes if note not in throughout]
    return Table(
        columns=tuple(replace(column, marks=_marks(throughout, column.code)) for column in table.columns if column.code)
        + tuple(column for column in table.columns if not column.code),
        rows=tuple(_mark_row(row, table, partly) for row in table.rows),
        total_marks=_marks(throughout, ""),
    )


def _mark_row(row: Row, table: Table, notes: Iterable[Note]) -> Row:
    here = [note for note in notes if row.period.overlaps(note.start, note.until)]
    cells = (
        replace(cell, marks=_marks(here, column.code)) if column.code else cell
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return replace(row, cells=tuple(cells), marks=_marks(here, ""))


def _marks(notes: Iterable[Note], organisation: str) -> tuple[str, ...]:
    return tuple(note.mark for note in notes if note.organisation == organisation)
