"""The answer as CSV: one figure a line, one line of heads, by RFC 4180 (commas, CRLF).

Figures are bare digits and percentages have a point, so that any program reads them. A byte-order mark opens the
file, because Excel takes CSV for Windows-1252 without one. Excel in Belgium also expects semicolons between fields,
which RFC 4180 does not know: it is better served with the workbook. ``docs/answer.md`` describes the columns.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from compliance.reporting.answer_json import OTHER_PARTNERS, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.answer_shape import Answer, Cell, Column, DifferenceRow, Row, Table
    from compliance.reporting.months import Period

HEADS = (
    "table",
    "from",
    "to",
    "compared_from",
    "compared_to",
    "code",
    "name",
    "kind",
    "figure",
    "percentage",
    "printed",
    "working_days",
    "footnotes",
)
TOTAL = "total"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_Line = dict[str, object]


def answer_csv(answer: Answer, language: str) -> bytes:
    """Return the answer as UTF-8; names and footnotes in a language, everything else as codes."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, HEADS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for line in _lines(answer, language):
        writer.writerow({head: _guarded(value) for head, value in line.items()})
    return text.getvalue().encode("utf-8-sig")


def _lines(answer: Answer, language: str) -> Iterator[_Line]:
    notes = {note.mark: note.text.read_in(language) for note in answer.notes}
    for row in answer.months.rows:
        yield from _row("rows", row, answer.months, notes, language)
    yield from _row("total", answer.total, answer.months, notes, language)
    if answer.years:
        for row in answer.years.rows:
            yield from _row("compared", row, answer.years, notes, language)
    for difference in answer.differences:
        yield from _differences(difference, answer.months, language)
    if answer.discimus:
        whole: _Line = {"table": "discimus", **_period(answer.period)}
        yield whole | {"code": TOTAL, "figure": answer.discimus.queries}
        for table, parts in (("outcome", answer.discimus.outcomes), ("trigger", answer.discimus.triggers)):
            for part in parts:
                figures: _Line = {"code": part.code, "figure": part.value, "percentage": percent(part.share)}
                yield whole | {"table": f"discimus-{table}", **figures}
    for departure in answer.departures:
        yield {
            "table": "departures",
            **_period(departure.period),
            **(_compared(departure.compared_with) if departure.compared_with else {}),
            "code": departure.organisation or TOTAL,
            "kind": departure.series,
            "figure": departure.computed,
            "printed": departure.printed,
        }


def _row(name: str, row: Row, table: Table, notes: dict[str, str], language: str) -> Iterator[_Line]:
    begin = {"table": name, **_period(row.period), "working_days": row.working_days.days}
    for column, cell in zip(table.columns, row.cells, strict=True):
        marks = (*column.marks, *cell.marks)
        yield begin | _named(column, language) | _figure(cell) | _notes(marks, notes)
    yield begin | {"code": TOTAL} | _figure(row.total) | _notes((*table.total_marks, *row.marks), notes)


def _differences(row: DifferenceRow, table: Table, language: str) -> Iterator[_Line]:
    begin = {"table": "differences", **_period(row.later), **_compared(row.earlier)}
    named: list[_Line] = [*(_named(column, language) for column in table.columns), {"code": TOTAL}]
    for name, cell in zip(named, (*row.cells, row.total), strict=True):
        yield begin | name | {"figure": cell.value, "percentage": percent(cell.share)}


def _period(period: Period) -> _Line:
    return {"from": period.first, "to": period.last}


def _compared(period: Period) -> _Line:
    return {"compared_from": period.first, "compared_to": period.last}


def _named(column: Column, language: str) -> _Line:
    return {"code": column.code or OTHER_PARTNERS, "name": column.name.read_in(language)}


def _figure(cell: Cell) -> _Line:
    return {"kind": cell.kind, "figure": cell.value}


def _notes(marks: tuple[str, ...], notes: dict[str, str]) -> _Line:
    return {"footnotes": " | ".join(notes[mark] for mark in marks)}


def _guarded(value: object) -> object:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
