"""Partners: all of them, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.partner import send_calendar, show_partner
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.presenters.partner_list import present_partners
from compliance.console.screen import screen
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation
from compliance.reporting.partner_standing.expiries import Expiry, ends_of_authorisations
from compliance.reporting.partner_standing.shares import shares_of_all

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_NEEDED = (Capability.SEE_REGISTER, Capability.SEE_ALL_STATISTICS, Capability.SEE_ALL_REQUESTS)


@require_safe
@screen(*_NEEDED)
def partners(request: HttpRequest) -> HttpResponse:
    """List who exchanges, or has an authorisation that ends."""
    today = now().astimezone(BRUSSELS).date()
    since, shares = shares_of_all()
    ends: dict[str, Expiry] = {}
    for expiry, parties in ends_of_authorisations():
        if expiry.day > today:
            for party in parties:
                ends[party] = min(ends.get(party, expiry), expiry, key=lambda one: one.day)
    counted = Organisation.objects.filter(counted_as_partner=True)
    named = Organisation.objects.filter(code__in={*shares, *ends} - {keeper()})
    shown = present_partners(partners=counted | named, since=since, shares=shares, expiries=ends, door=CONSOLE)
    return page(request, "pages/partners.html", list=shown)


@require_safe
@screen(*_NEEDED)
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """Show how one stands."""
    return show_partner(request, code=code, door=CONSOLE, locked=False)


@require_safe
@screen(*_NEEDED)
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out what of it ends as a calendar."""
    return send_calendar(request, code=code)
