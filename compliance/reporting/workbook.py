"""A workbook under construction: the styles and the look that its sheets share."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import xlsxwriter

from compliance.reporting.answer_shape import CellKind
from compliance.reporting.present_cells import present_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.reporting.answer_shape import Cell
    from compliance.reporting.presented import PresentedAnswer, PresentedColumn, PresentedTable

INK, SHADE, FAINT = "#1b2733", "#eef2f6", "#5b6875"
NARROW, WIDE, A4 = 14, 22, 9


class Style(Protocol):
    """A format of XlsxWriter, which ships no types."""


class Book:
    """A workbook under construction, with the styles that its sheets share."""

    def __init__(self, words: PresentedAnswer, language: str) -> None:
        """Begin a workbook of an answer in these words."""
        self.words, self.language, self.file = words, language, BytesIO()
        self.book = xlsxwriter.Workbook(
            self.file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        base = {"font_color": INK, "valign": "top"}
        number = {**base, "num_format": "#,##0", "align": "right"}
        self.title: Style = self.book.add_format({**base, "bold": True, "font_size": 14})
        self.prose: Style = self.book.add_format({**base, "text_wrap": True})
        self.head: Style = self.book.add_format(
            {**base, "bold": True, "text_wrap": True, "bg_color": SHADE, "bottom": 1, "valign": "bottom"}
        )
        self.label: Style = self.book.add_format(base)
        self.number: Style = self.book.add_format(number)
        self.carried: Style = self.book.add_format({**number, "italic": True})
        self.missing: Style = self.book.add_format({**base, "align": "right", "font_color": FAINT})
        self.difference: Style = self.book.add_format({**number, "num_format": "+#,##0;-#,##0;0"})
        self.share: Style = self.book.add_format({**number, "num_format": "+0.0%;-0.0%;0.0%"})
        self.part: Style = self.book.add_format({**number, "num_format": "0.0%"})
        self.total: Style = self.book.add_format({**number, "bold": True, "top": 1})
        self.total_label: Style = self.book.add_format({**base, "bold": True, "top": 1})

    def sheet(self, name: str, table: PresentedTable) -> xlsxwriter.worksheet.Worksheet:
        """Begin a sheet with its caption and heads; the first two rows and the first column stay in sight."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, table.caption, self.title)
        self.heads(sheet, 1, table.columns)
        sheet.freeze_panes(2, 1)
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, len(table.columns) - 1, NARROW)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def heads(self, sheet: xlsxwriter.worksheet.Worksheet, at: int, columns: Sequence[PresentedColumn]) -> None:
        """Write the heads of a table."""
        for number, column in enumerate(columns):
            sheet.write_string(at, number, f"{column.title or column.label}{column.marks}", self.head)

    def cells(self, sheet: xlsxwriter.worksheet.Worksheet, at: int, cells: Iterable[Cell], style: Style) -> None:
        """Write the cells of a row from the second column on: a number, or why there is none."""
        for number, cell in enumerate(cells, start=1):
            if cell.value is None:
                sheet.write_string(at, number, present_cell(cell, self.language).text, self.missing)
            else:
                carried = cell.kind is CellKind.CARRIED_OVER and style is self.number
                sheet.write_number(at, number, cell.value, self.carried if carried else style)
