"""Cells of the answer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from django.utils.translation import gettext as _

from compliance.reporting.answer_shape import Cell, CellKind, Difference, WorkingDays
from compliance.reporting.numbers import day_of, half_up, percentage, signed, whole
from compliance.reporting.presented import PresentedCell

if TYPE_CHECKING:
    from collections.abc import Iterable

CARRIED_OVER_MARK = "\N{DEGREE SIGN}"


def marked(marks: Iterable[str]) -> str:
    """Return the marks of footnotes as they stand behind a figure."""
    return " ".join(marks)


def present_cell(cell: Cell, language: str) -> PresentedCell:
    """Return a figure, or why there is none."""
    marks = marked(cell.marks)
    match cell.kind:
        case CellKind.COUNT:
            title = "" if cell.complete else _("Incomplete: a part of this period has no figures.")
            return PresentedCell(whole(cell.value or 0, language), cell.kind, marks=marks, title=title)
        case CellKind.CARRIED_OVER:
            title = _("Carried over from a published document.")
            return PresentedCell(
                whole(cell.value or 0, language), cell.kind, marks=marked((CARRIED_OVER_MARK, *cell.marks)), title=title
            )
        case CellKind.NOT_CONNECTED if cell.connected_from:
            title = _("Connected from %(day)s.") % {"day": day_of(cell.connected_from, language)}
            return PresentedCell(_("not connected yet"), cell.kind, marks=marks, title=title, is_number=False)
        case CellKind.NOT_CONNECTED:
            return PresentedCell(_("not connected"), cell.kind, marks=marks, is_number=False)
        case CellKind.NO_FIGURES:
            return PresentedCell(_("no figures"), cell.kind, marks=marks, is_number=False)
        case _:
            assert_never(cell.kind)


def present_difference(difference: Difference, language: str) -> PresentedCell:
    """Return a difference, with its percentage under it."""
    if difference.value is None:
        return PresentedCell(_("no figures"), CellKind.NO_FIGURES, is_number=False)
    kind = "same" if difference.value == 0 else "more" if difference.value > 0 else "less"
    share = "" if difference.share is None else percentage(difference.share, language, sign=True)
    title = "" if difference.complete else _("Incomplete: a part of this period has no figures.")
    return PresentedCell(signed(difference.value, language), kind, second=share, title=title)


def present_per_day(working_days: WorkingDays, language: str) -> PresentedCell:
    """Return exchanges per working day, with the divisor under it."""
    if working_days.per_day is None:
        return PresentedCell(_("no figures"), CellKind.NO_FIGURES, is_number=False)
    divisor = _("%(days)s working days") % {"days": whole(working_days.days, language)}
    return PresentedCell(whole(half_up(working_days.per_day), language), CellKind.COUNT, second=divisor)
