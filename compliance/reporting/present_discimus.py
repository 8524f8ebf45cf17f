"""The queries to DISCIMUS in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.exchanges.vocabulary import ServiceOutcome, Trigger
from compliance.reporting.answer_shape import CellKind
from compliance.reporting.numbers import percentage, period_of, whole
from compliance.reporting.presented import (
    PresentedCell,
    PresentedColumn,
    PresentedRow,
    PresentedSection,
    PresentedTable,
)

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer, Part


def present_discimus(answer: Answer, language: str) -> PresentedSection | None:
    """Return how often DISCIMUS was queried, with which outcome, automatically or by hand."""
    discimus = answer.discimus
    if discimus is None:
        return None
    words = {"period": period_of(answer.period, language), "queries": whole(discimus.queries, language)}
    outcomes = {str(value): str(label) for value, label in ServiceOutcome.choices} | {"": _("no outcome")}
    triggers = {str(value): str(label) for value, label in Trigger.choices}
    total = PresentedRow(_("total"), (_count(discimus.queries, language), PresentedCell("", CellKind.COUNT)))
    return PresentedSection(
        heading=_("DISCIMUS: minors enrolled in a school"),
        sentences=(_("In %(period)s the KBI queried DISCIMUS %(queries)s times.") % words,),
        tables=(
            _table(_("Outcome of the queries to DISCIMUS"), _("outcome"), discimus.outcomes, outcomes, total, language),
            _table(_("Automatic or by hand"), _("how"), discimus.triggers, triggers, total, language),
        ),
    )


def _table(
    caption: str, head: str, parts: tuple[Part, ...], labels: dict[str, str], total: PresentedRow, language: str
) -> PresentedTable:
    rows = (
        PresentedRow(
            labels.get(part.code, part.code),
            (_count(part.value, language), PresentedCell(percentage(part.share, language), CellKind.COUNT)),
        )
        for part in parts
    )
    columns = (PresentedColumn(head), PresentedColumn(_("queries")), PresentedColumn(_("share")))
    return PresentedTable(caption, columns, tuple(rows), total)


def _count(value: int, language: str) -> PresentedCell:
    return PresentedCell(whole(value, language), CellKind.COUNT)
