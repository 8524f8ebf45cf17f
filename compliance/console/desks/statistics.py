"""The figures, as both doors show them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.statistics_form import StatisticsForm, newest_year, years_with_figures
from compliance.reporting.answer import build_answer
from compliance.reporting.present_answer import present_answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.console.door import Door


def show_statistics(request: HttpRequest, *, door: Door, scope: str | None) -> HttpResponse:
    """Show the figures of the period in the address; ``scope`` is the one partner that they are limited to."""
    years = years_with_figures()
    form = StatisticsForm(request.GET, years=years, period=newest_year(years))
    if not form.is_valid():
        return page(request, "pages/statistics.html", form=form, answer=None, status=400)
    answer = build_answer(
        first=form.cleaned_data["from"], last=form.cleaned_data["to"], compare=form.cleaned_data["compare"], scope=scope
    )
    presented = present_answer(answer=answer, language=words.language())
    return page(
        request,
        "pages/statistics.html",
        form=form,
        answer=presented,
        query=urlencode(form.query),
        address=door.address("statistics"),
    )
