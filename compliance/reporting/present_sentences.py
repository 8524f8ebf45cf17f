"""The answer in sentences: what is read before any table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.reporting.answer_shape import CellKind
from compliance.reporting.numbers import (
    day_of,
    ends_of,
    half_up,
    list_of,
    moment_of,
    percentage,
    period_of,
    signed,
    whole,
)
from compliance.reporting.present_cells import CARRIED_OVER_MARK
from compliance.reporting.present_tables import name_of
from compliance.reporting.presented import PresentedNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.answer_shape import Answer, DifferenceRow


def present_summary(answer: Answer, language: str) -> Iterator[str]:
    """Yield the total, the figure per working day with its divisor, and the comparisons."""
    if answer.total.total.value is None:
        yield _("There are no figures for %(period)s.") % {"period": period_of(answer.period, language)}
        return
    words = ends_of(answer.period, language) | {"total": whole(answer.total.total.value, language)}
    if answer.period.is_year or answer.period.is_month:
        yield _("In %(period)s there were %(total)s exchanges from the KBI to its partners.") % words
    else:
        yield _("From %(first)s to %(last)s there were %(total)s exchanges from the KBI to its partners.") % words
    yield from _per_working_day(answer, language)
    for row in answer.differences:
        yield from _comparison(answer, row, language)


def _per_working_day(answer: Answer, language: str) -> Iterator[str]:
    working_days, total = answer.total.working_days, answer.total.total.value
    if working_days.per_day is None or total is None:
        return
    words = {
        "per_day": whole(half_up(working_days.per_day), language),
        "total": whole(total, language),
        "days": whole(working_days.days, language),
    }
    if working_days.until < answer.period.end:
        words["until"] = day_of(working_days.until, language)
        yield _("Per working day: %(per_day)s (%(total)s over the %(days)s working days before %(until)s).") % words
    else:
        yield _("Per working day: %(per_day)s (%(total)s over %(days)s working days).") % words


def _comparison(answer: Answer, row: DifferenceRow, language: str) -> Iterator[str]:
    earlier = period_of(row.earlier, language)
    if row.total.value is None:
        yield _("There are no figures for %(period)s.") % {"period": earlier}
        return
    words = {"earlier": earlier, "difference": signed(row.total.value, language)}
    if row.total.share is None:
        yield _("Compared with %(earlier)s: %(difference)s.") % words
    else:
        words["share"] = percentage(row.total.share, language, sign=True)
        yield _("Compared with %(earlier)s: %(difference)s (%(share)s).") % words
    fewer = [
        f"{name_of(column, language)} ({signed(cell.value, language)})"
        for column, cell in zip(answer.months.columns, row.cells, strict=True)
        if cell.value is not None and cell.value < 0
    ]
    if fewer and len(row.cells) > 1:
        yield _("Fewer than in %(earlier)s: %(partners)s.") % {"earlier": earlier, "partners": list_of(fewer, language)}


def present_notices(answer: Answer, language: str) -> Iterator[str]:
    """Yield what must be known before any figure is read."""
    if answer.scale is not None and answer.scale != 1:
        scale = f"{answer.scale.numerator} : {answer.scale.denominator}"
        yield _(
            "Demonstration at %(scale)s: these exchanges are a replay of published figures on that scale, and figures "
            "from documents are brought to it."
        ) % {"scale": scale}
    elif answer.scale is not None:
        yield _("Demonstration: these exchanges are a replay of published figures.")
    without = [period_of(row.period, language) for row in answer.months.rows if row.total.kind is CellKind.NO_FIGURES]
    if without and answer.total.total.value is not None:
        yield _("There are no figures for %(periods)s; totals leave them out.") % {
            "periods": list_of(without, language)
        }


def present_notes(answer: Answer, language: str) -> Iterator[PresentedNote]:
    """Yield the footnotes, and where carried-over figures come from."""
    for note in answer.notes:
        yield PresentedNote(note.mark, note.text.read_in(language))
    years = answer.years.rows if answer.years else ()
    cells = [cell for row in (*answer.months.rows, *years) for cell in (*row.cells, row.total)]
    carried_over = {code for cell in cells for code in cell.documents}
    for document in answer.documents:
        if document.code in carried_over:
            words = {"name": document.name.read_in(language), "citation": document.citation}
            yield PresentedNote(CARRIED_OVER_MARK, _("Carried over from %(name)s (%(citation)s).") % words)


def present_controllers(answer: Answer, language: str) -> Iterator[str]:
    """Yield who was controller when, within the period."""
    for controller in answer.controllers:
        words = {"name": controller.name.read_in(language), "citation": controller.citation}
        words["from"] = day_of(controller.start, language)
        words["to"] = day_of(controller.until - timedelta(days=1), language)
        yield _("%(name)s, from %(from)s to %(to)s: %(citation)s.") % words


def present_counted(answer: Answer, language: str) -> str:
    """Say up to when was counted."""
    if answer.counted_until is None:
        return _("Nothing was counted yet.")
    return _("Counted up to %(moment)s.") % {"moment": moment_of(answer.counted_until, language)}
