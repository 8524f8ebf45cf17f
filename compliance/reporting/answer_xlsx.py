"""The answer as a workbook: figures are numbers, which Excel shows as its user's country writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.reporting.present_answer import present_answer
from compliance.reporting.workbook import WIDE, Book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from compliance.reporting.answer_shape import Answer, DifferenceRow, Discimus, Row

_PROSE = 110


def answer_xlsx(answer: Answer, language: str) -> bytes:
    """Return the workbook: months, years, DISCIMUS, notes."""
    words = present_answer(answer=answer, language=language)
    with override(language):
        book = Book(words, language)
        properties = {"title": f"{words.title}, {words.period}", "subject": words.question, "company": "KBI"}
        book.book.set_properties({**properties, "comments": " ".join((*words.notices, words.counted))})
        _months(book, answer)
        _years(book, answer)
        _discimus(book, answer.discimus)
        _departures(book, answer)
        _notes(book)
        book.book.close()
    return book.file.getvalue()


def _months(book: Book, answer: Answer) -> None:
    sheet = book.sheet(_("Months"), book.words.months)
    for at, row in enumerate(answer.months.rows, start=2):
        _row(book, sheet, at, row, book.words.months.rows[at - 2].label)
    at = len(answer.months.rows) + 2
    sheet.write_string(at, 0, _("total"), book.total_label)
    book.cells(sheet, at, (*answer.total.cells, answer.total.total), book.total)


def _years(book: Book, answer: Answer) -> None:
    if answer.years is None or book.words.years is None:
        return
    table = book.words.years.tables[0]
    sheet = book.sheet(_("Years"), table)
    last = len(table.columns) - 1
    sheet.write_string(1, last + 1, _("working days"), book.head)
    for at, row in enumerate(answer.years.rows, start=2):
        _row(book, sheet, at, row, table.rows[at - 2].label)
        if row.working_days.per_day is not None:
            sheet.write_number(at, last, float(row.working_days.per_day), book.number)
            sheet.write_number(at, last + 1, row.working_days.days, book.number)
    at = len(answer.years.rows) + 2
    for number, difference in enumerate(answer.differences):
        label = table.rows[len(answer.years.rows) + number].label
        _difference(book, sheet, at + 2 * number, difference, label)


def _row(book: Book, sheet: Worksheet, at: int, row: Row, label: str) -> None:
    sheet.write_string(at, 0, label, book.label)
    book.cells(sheet, at, (*row.cells, row.total), book.number)


def _difference(book: Book, sheet: Worksheet, at: int, row: DifferenceRow, label: str) -> None:
    sheet.write_string(at, 0, label, book.label)
    sheet.write_string(at + 1, 0, _("in per cent"), book.label)
    for number, cell in enumerate((*row.cells, row.total), start=1):
        if cell.value is not None:
            sheet.write_number(at, number, cell.value, book.difference)
        if cell.share is not None:
            sheet.write_number(at + 1, number, float(cell.share), book.share)


def _discimus(book: Book, discimus: Discimus | None) -> None:
    if discimus is None or book.words.discimus is None:
        return
    outcomes, triggers = book.words.discimus.tables
    sheet = book.sheet("DISCIMUS", outcomes)
    at = 2
    for table, parts in ((outcomes, discimus.outcomes), (triggers, discimus.triggers)):
        if table is triggers:
            at += 1
            sheet.write_string(at, 0, table.caption, book.title)
            book.heads(sheet, at + 1, table.columns)
            at += 2
        for row, part in zip(table.rows, parts, strict=True):
            sheet.write_string(at, 0, row.label, book.label)
            sheet.write_number(at, 1, part.value, book.number)
            sheet.write_number(at, 2, float(part.share), book.part)
            at += 1
        sheet.write_string(at, 0, _("total"), book.total_label)
        sheet.write_number(at, 1, discimus.queries, book.total)
        at += 1


def _departures(book: Book, answer: Answer) -> None:
    if not answer.departures or book.words.departures is None:
        return
    table = book.words.departures.tables[0]
    sheet = book.sheet(_("Departures"), table)
    sheet.set_column(0, 0, 2 * WIDE)
    for at, (row, departure) in enumerate(zip(table.rows, answer.departures, strict=True), start=2):
        sheet.write_string(at, 0, row.label, book.label)
        for number, figure in enumerate((departure.printed, departure.computed), start=1):
            sheet.write_number(at, number, figure, book.number)
        sheet.write_number(at, 3, departure.difference, book.difference)


def _notes(book: Book) -> None:
    words = book.words
    sheet = book.book.add_worksheet(_("Notes"))
    sheet.set_column(0, 0, _PROSE)
    compared = words.departures.sentences if words.departures else ()
    discimus = words.discimus.sentences if words.discimus else ()
    parts = (
        (f"{words.title}, {words.period}", (*words.notices, *words.summary, *discimus, words.counted)),
        (words.notes_heading, tuple(f"{note.mark} {note.text}" for note in words.notes)),
        (words.controllers.heading, words.controllers.sentences),
        (_("Compared with published documents"), compared),
    )
    at = 0
    for heading, sentences in parts:
        if sentences:
            sheet.write_string(at, 0, heading, book.title)
            for number, sentence in enumerate(sentences, start=at + 1):
                sheet.write_string(number, 0, sentence, book.prose)
            at += len(sentences) + 2
