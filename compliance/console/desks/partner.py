"""How a partner stands, as both doors show it, and the calendar of what ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.queries import OPEN_STATES
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.authorisations.requests.with_steps import with_steps
from compliance.console.instruments import instruments
from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.partner import KINDS, present_partner, present_what
from compliance.console.reader import reader_of
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.models import Organisation
from compliance.reporting.partner_standing.calendar_file import CalendarDay, write_calendar
from compliance.reporting.partner_standing.expiries import expiries_of
from compliance.reporting.partner_standing.shares import shares_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.console.door import Door

QUARTERS = 8


def show_partner(request: HttpRequest, *, code: str, door: Door, locked: bool) -> HttpResponse:
    """Show how one partner stands. Raises :class:`NotFoundError` when the register has none by this code."""
    at, partner = now(), _partner(code)
    visible = AuthorisationRequest.objects.visible_to(reader_of(request)).of(code)
    requests = visible.filter(state__in=(RequestState.DRAFT, *OPEN_STATES))
    story = present_partner(
        partner=partner,
        at=at,
        requests=with_steps(requests).prefetch_related("requestmessages__answered_by"),
        expiries=expiries_of(code, at=at),
        shares=shares_of(code, quarters=QUARTERS),
        instruments=instruments(at=at, party=code),
        names=Names(),
        door=door,
        locked=locked,
    )
    return page(request, "pages/partner.html", partner=story, locked=locked)


def send_calendar(request: HttpRequest, *, code: str) -> HttpResponse:
    """Hand out what ends as a calendar, and record that it left."""
    at, partner = now(), _partner(code)
    host = settings.LOG_ORIGIN.partition("/")[0]
    days = [
        CalendarDay(
            uid=f"{one.key}@{host}",
            day=one.day,
            summary=_("%(what)s ends") % {"what": present_what(one)},
            description=_("%(kind)s: this is the first day without it.") % {"kind": str(KINDS[one.kind])},
        )
        for one in expiries_of(code, at=at)
    ]
    name = f"kbi-{partner.code.lower()}.ics"
    record_act(actor=reader_of(request).actor, kind=ActKind.REPORT_EXPORTED, details={"file": name})
    content = write_calendar(days, name=partner.name, at=at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _partner(code: str) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotFoundError
    return found
