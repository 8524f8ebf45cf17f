"""All municipalities of the Flemish Region, and how far each one's OCMW is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.connecting.municipal_progress import municipal_progress
from compliance.console.door import CONSOLE
from compliance.console.municipality_filter import MunicipalityFilter
from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.presenters.municipalities import present_municipalities, table_of
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@screen(Capability.SEE_CONNECTIONS)
def municipalities(request: HttpRequest) -> HttpResponse:
    """Show all of them, narrowed by the address."""
    names = Names()
    narrowed = MunicipalityFilter(request.GET, names=names)
    found = municipal_progress(division=narrowed.day, today=words.local_day(now()))
    shown = present_municipalities(all_of_them=found, kept=narrowed.narrow(found), names=names, door=CONSOLE)
    return page(
        request,
        "pages/municipalities.html",
        list=shown,
        filter=narrowed,
        address=CONSOLE.address("municipalities"),
        file=CONSOLE.address("municipalities-file", query=narrowed.query),
    )


@require_safe
@screen(Capability.SEE_CONNECTIONS)
def file(request: HttpRequest) -> HttpResponse:
    """Hand the list out as CSV; that is recorded first."""
    names = Names()
    narrowed = MunicipalityFilter(request.GET, names=names)
    found = municipal_progress(division=narrowed.day, today=words.local_day(now()))
    record_act(actor=reader_of(request).actor, kind=ActKind.REPORT_EXPORTED, details={"report": "municipalities"})
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="municipalities.csv"'
    answer.write("\ufeff")  # so that spreadsheets read the letters with accents
    csv.writer(answer).writerows(table_of(narrowed.narrow(found), names))
    return answer
