"""The answer for a terminal: plain text, figures to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.reporting.present_answer import present_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.answer_shape import Answer
    from compliance.reporting.presented import PresentedCell, PresentedRow, PresentedSection, PresentedTable

_GAP = "  "


def answer_table(answer: Answer, language: str) -> str:
    """Return the answer as lines."""
    return "\n".join(_lines(answer, language)) + "\n"


def _lines(answer: Answer, language: str) -> Iterator[str]:
    words = present_answer(answer=answer, language=language)
    yield f"{words.title}, {words.period}"
    yield from ("", *words.notices) if words.notices else ()
    yield from ("", *words.summary, "")
    yield from _table(words.months)
    yield from _section(words.years)
    if words.notes:
        yield from ("", *(f"{note.mark} {note.text}" for note in words.notes))
    for section in (words.controllers, words.discimus, words.departures):
        yield from _section(section)
    yield from ("", words.counted)


def _section(section: PresentedSection | None) -> Iterator[str]:
    if section is None:
        return
    yield from ("", section.heading, "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * len(section.heading), *section.sentences)
    for table in section.tables:
        yield ""
        yield from _table(table)


def _table(table: PresentedTable) -> Iterator[str]:
    heads = [f"{column.label}{column.marks}" for column in table.columns]
    rows = [_texts(row) for row in (*table.rows, *((table.foot,) if table.foot else ()))]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    yield table.caption
    yield _line(heads, widths)
    yield _GAP.join("\N{BOX DRAWINGS LIGHT HORIZONTAL}" * width for width in widths)
    yield from (_line(row, widths) for row in rows)


def _texts(row: PresentedRow) -> list[str]:
    return [f"{row.label}{row.marks}", *(_text(cell) for cell in row.cells)]


def _text(cell: PresentedCell) -> str:
    return f"{cell.text}{cell.marks} ({cell.second})" if cell.second else f"{cell.text}{cell.marks}"


def _line(texts: list[str], widths: list[int]) -> str:
    first, *rest = zip(texts, widths, strict=True)
    return _GAP.join((first[0].ljust(first[1]), *(text.rjust(width) for text, width in rest))).rstrip()
