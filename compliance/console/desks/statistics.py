"""The figures, as both doors show them and let them be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse

from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.presenters.downloads import FORMS, present_downloads
from compliance.console.reader import reader_of
from compliance.console.statistics_form import StatisticsForm, newest_year, years_with_figures
from compliance.kernel.errors import MalformedInputError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.answer import build_answer
from compliance.reporting.present_answer import present_answer
from compliance.reporting.render_answer import Form, render_answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.console.door import Door
    from compliance.reporting.answer_shape import Answer


def show_statistics(request: HttpRequest, *, door: Door, scope: str | None) -> HttpResponse:
    """Show the figures of the period in the address; ``scope`` is the one partner that they are limited to."""
    form = _form(request)
    if not form.is_valid():
        return page(request, "pages/statistics.html", form=form, answer=None, status=400)
    presented = present_answer(answer=_answer(form, scope), language=words.language())
    downloads = present_downloads(door=door, query=form.query)
    return page(request, "pages/statistics.html", form=form, answer=presented, downloads=downloads)


def export_statistics(request: HttpRequest, *, kind: str, scope: str | None) -> HttpResponse:
    """Record that the figures leave, and hand them out as a file."""
    if kind not in {one.value for one in FORMS}:
        raise NotFoundError
    form = _form(request)
    if not form.is_valid():
        raise MalformedInputError
    file = render_answer(answer=_answer(form, scope), form=Form(kind), language=words.language())
    record_act(
        actor=reader_of(request).actor,
        kind=ActKind.REPORT_EXPORTED,
        details={"file": file.filename, "question": urlencode(form.query)},
    )
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.filename}"'
    return response


def _form(request: HttpRequest) -> StatisticsForm:
    years = years_with_figures()
    return StatisticsForm(request.GET, years=years, period=newest_year(years))


def _answer(form: StatisticsForm, scope: str | None) -> Answer:
    asked = form.cleaned_data
    return build_answer(first=asked["from"], last=asked["to"], compare=asked["compare"], scope=scope)
