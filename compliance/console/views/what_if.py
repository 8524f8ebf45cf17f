"""What if a request had been granted: history judged again by it, for those who decide."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.authorisations.put_in_place import put_in_place
from compliance.authorisations.requests.as_terms import as_terms
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.snapshot import current_snapshot
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.what_if import present_head, present_what_if
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.console.what_if_form import WhatIfForm, newest_months
from compliance.exchanges.rejudge import rejudge
from compliance.kernel.clock import now
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.exchanges.rejudgement import Rejudgement

MOST = 100_000  # judged in a second or two
NAMED = 10


@require_safe
@screen(Capability.SEE_ALL_REQUESTS, Capability.SEE_ALL_EXCHANGES)
def what_if(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a period; show what would differ in it. That exchanges are named is recorded as a look at a list."""
    asked = request_for(reader_of(request), code)
    form = WhatIfForm(request.GET, proposed=newest_months(asked.organisation.code))
    head = present_head(asked, CONSOLE)
    if not form.is_asked or not form.is_valid():
        status = 400 if form.is_asked else 200
        return page(request, "pages/what-if.html", status=status, head=head, form=form)
    period = form.period
    record_act(
        actor=reader_of(request).actor,
        kind=ActKind.EXCHANGES_LISTED,
        object_id=asked.uid,
        details={"what_if": asked.code, "period": str(period)},
    )
    found = _judge_again(asked, first=period.start, last=period.end - timedelta(days=1))
    shown = present_what_if(found=found, names=Names(), door=CONSOLE)
    return page(request, "pages/what-if.html", head=head, form=form, found=shown)


def _judge_again(asked: AuthorisationRequest, *, first: date, last: date) -> Rejudgement:
    draft = as_terms(asked, at=now())
    return rejudge(
        first=first,
        last=last,
        terms=put_in_place(current_snapshot().terms, draft),
        partner=asked.organisation.code,
        examples=NAMED,
        most=MOST,
    )
