"""Where the answer departs from published documents, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.reporting.answer_shape import CellKind
from compliance.reporting.numbers import period_of, signed, whole
from compliance.reporting.present_tables import name_of
from compliance.reporting.presented import (
    PresentedCell,
    PresentedColumn,
    PresentedRow,
    PresentedSection,
    PresentedTable,
)

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer, Departure, Document


def present_departures(answer: Answer, language: str) -> PresentedSection | None:
    """Return what was held against published documents, and every figure that differs."""
    compared = [document for document in answer.documents if document.compared]
    if not compared:
        return None
    table = PresentedTable(
        caption=_("Figures computed otherwise than printed"),
        columns=tuple(
            PresentedColumn(label) for label in (_("figure"), _("printed"), _("computed"), _("computed less printed"))
        ),
        rows=tuple(_row(answer, departure, language) for departure in answer.departures),
    )
    return PresentedSection(
        heading=_("Compared with published documents"),
        sentences=tuple(_sentence(document, language) for document in compared),
        tables=(table,) if answer.departures else (),
    )


def _sentence(document: Document, language: str) -> str:
    differing = document.compared - document.agreeing
    words = {
        "name": document.name.read_in(language),
        "citation": document.citation,
        "compared": whole(document.compared, language),
        "differing": whole(differing, language),
    }
    if not differing:
        return _("%(name)s (%(citation)s): all %(compared)s figures compared agree.") % words
    return (
        ngettext(
            "%(name)s (%(citation)s): of %(compared)s figures compared, %(differing)s is printed otherwise than it is "
            "computed here.",
            "%(name)s (%(citation)s): of %(compared)s figures compared, %(differing)s are printed otherwise than they "
            "are computed here.",
            differing,
        )
        % words
    )


def _row(answer: Answer, departure: Departure, language: str) -> PresentedRow:
    cells = (whole(departure.printed, language), whole(departure.computed, language))
    return PresentedRow(
        _label(answer, departure, language),
        (
            *(PresentedCell(text, CellKind.COUNT) for text in cells),
            PresentedCell(signed(departure.difference, language), "more" if departure.difference > 0 else "less"),
        ),
    )


def _label(answer: Answer, departure: Departure, language: str) -> str:
    names = {column.code: name_of(column, language) for column in answer.months.columns}
    what = names.get(departure.organisation, departure.organisation) if departure.organisation else _("total")
    period = period_of(departure.period, language)
    if departure.compared_with is None:
        return f"{what}, {period}"
    against = _("%(later)s against %(earlier)s")
    return f"{what}, {against % {'later': period, 'earlier': period_of(departure.compared_with, language)}}"
