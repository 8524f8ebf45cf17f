"""The presenter of the answer: from values to words, for a page, a PDF or a terminal.

``present_answer(answer=…, language=…)`` returns a :class:`~compliance.reporting.presented.PresentedAnswer`:

``title``, ``period``, ``question``, ``counted``   strings
``notices``, ``summary``                           sentences; notices are to be seen first
``months``                                         PresentedTable: partners as columns, months as rows, totals as foot
``years``                                          PresentedSection or None: periods, then ``is_difference`` rows
``charts``                                         PresentedCharts: heading, caption, panels (``title``, ``svg``)
``notes``, ``notes_heading``                       PresentedNote: mark and text
``controllers``, ``discimus``, ``departures``      PresentedSection: heading, sentences, tables (the last two or None)

A table is ``caption``, ``columns`` (the first heads the row heads), ``rows`` and ``foot``; a row is ``label``,
``marks`` and ``cells``, one for each column after the first; a cell is ``text``, ``second`` (a smaller line),
``marks``, ``title`` (an explanation), ``kind`` (a class) and ``is_number``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.reporting.chart import PAGE, Palette
from compliance.reporting.numbers import period_of
from compliance.reporting.present_charts import present_charts
from compliance.reporting.present_departures import present_departures
from compliance.reporting.present_discimus import present_discimus
from compliance.reporting.present_sentences import (
    present_controllers,
    present_counted,
    present_notes,
    present_notices,
    present_summary,
)
from compliance.reporting.present_tables import present_months, present_years
from compliance.reporting.presented import PresentedAnswer, PresentedSection

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer


def present_answer(*, answer: Answer, language: str, palette: Palette = PAGE) -> PresentedAnswer:
    """Return the answer in the words of a language."""
    with override(language):
        controllers = tuple(present_controllers(answer, language))
        return PresentedAnswer(
            title=_("Exchanges per partner and month"),
            period=period_of(answer.period, language),
            question=_(
                "How often were personal data exchanged from the KBI to its partners, per partner and per month?"
            ),
            notices=tuple(present_notices(answer, language)),
            summary=tuple(present_summary(answer, language)),
            months=present_months(answer, language),
            years=present_years(answer, language),
            charts=present_charts(answer, language, palette),
            notes_heading=_("Footnotes"),
            notes=tuple(present_notes(answer, language)),
            controllers=PresentedSection(_("Controller"), controllers or (_("The register names no controller."),)),
            discimus=present_discimus(answer, language),
            departures=present_departures(answer, language),
            counted=present_counted(answer, language),
            language=language,
        )
