"""The queries to DISCIMUS in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.exchanges.vocabulary import ServiceOutcome, Trigger
from compliance.reporting.answer_shape import CellKind
from compliance.reporting.numbers import ends_of, percentage, whole
from compliance.reporting.presented import (
    PresentedCell,
    PresentedColumn,
    PresentedRow,
    PresentedSection,
    PresentedTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.answer_shape import Answer, Discimus, Part


def present_discimus(answer: Answer, language: str) -> PresentedSection | None:
    """Return how often DISCIMUS was queried, with which outcome, automatically or by hand."""
    discimus = answer.discimus
    if discimus is None:
        return None
    outcomes = {str(value): str(label) for value, label in ServiceOutcome.choices} | {"": _("no outcome")}
    triggers = {str(value): str(label) for value, label in Trigger.choices}
    total = PresentedRow(_("total"), (_count(discimus.queries, language), PresentedCell("", CellKind.COUNT)))
    return PresentedSection(
        heading=_("DISCIMUS: minors enrolled in a school"),
        sentences=tuple(_sentences(answer, discimus, language)),
        tables=(
            _table(_("Outcome of the queries to DISCIMUS"), _("outcome"), discimus.outcomes, outcomes, total, language),
            _table(_("Automatic or by hand"), _("how"), discimus.triggers, triggers, total, language),
        ),
    )


def _sentences(answer: Answer, discimus: Discimus, language: str) -> Iterator[str]:
    words = ends_of(answer.period, language) | {"queries": whole(discimus.queries, language)}
    if answer.period.is_year or answer.period.is_month:
        yield _("In %(period)s the KBI queried DISCIMUS %(queries)s times.") % words
    else:
        yield _("From %(first)s to %(last)s the KBI queried DISCIMUS %(queries)s times.") % words
    automatic = sum(part.share for part in discimus.triggers if part.code == Trigger.AUTOMATIC)
    yield _(
        "%(share)s of the queries went automatically, on import from the National Register; the others were made by "
        "hand, from a dossier."
    ) % {"share": percentage(Fraction(automatic), language)}


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
