"""The way to production of the own organisation, and of each that it processes for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from compliance.access.roles import Capability
from compliance.connecting.say_ready import say_ready
from compliance.connecting.sides import own_connections
from compliance.connecting.vocabulary import Step
from compliance.console.connection_forms import ReadyForm, refuse
from compliance.console.desks.connections import connection_of, show_connection
from compliance.console.page import page
from compliance.console.presenters.connection_list import present_connections
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, NotFoundError
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.connecting.models import Connection


@require_safe
@screen(Capability.SEE_OWN_CONNECTION)
def connections(request: HttpRequest) -> HttpResponse:
    """Show who is in which step: the own organisation and those that it processes for; one alone as its board."""
    at = now()
    found = list(own_connections(reader_of(request), at=at).told())
    if len(found) == 1:
        return _show(request, found[0], ReadyForm(auto_id="ready-%s"))
    board = present_connections(connections=found, at=at, door=PORTAL) if found else None
    return page(request, "pages/own-connections.html", board=board, self_test_address=PORTAL.address("self-test"))


@require_safe
@screen(Capability.SEE_OWN_CONNECTION)
def connection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one board that is the reader's business."""
    return _show(request, _own(request, code), ReadyForm(auto_id="ready-%s"))


@require_POST
@screen(Capability.SEE_OWN_CONNECTION)
def ready(request: HttpRequest, code: str) -> HttpResponse:
    """Call the present step ready; come back to the board."""
    found, form = _own(request, code), ReadyForm(request.POST, auto_id="ready-%s")
    seen = request.POST.get("seen", "")
    if seen not in Step.values:
        raise NotFoundError
    if form.is_valid():
        try:
            say_ready(connection=found, seen=Step(seen), account=reader_of(request), **form.cleaned_data)
        except ConflictError as error:
            refuse(form, error)
        else:
            return redirect(PORTAL.address("connection", code))
    return _show(request, _own(request, code), form, invalid="ready")


def _own(request: HttpRequest, code: str) -> Connection:
    return connection_of(code, visible=own_connections(reader_of(request), at=now()))


def _show(request: HttpRequest, found: Connection, form: ReadyForm, *, invalid: str = "") -> HttpResponse:
    code = found.organisation.code
    return show_connection(
        request,
        connection=found,
        door=PORTAL,
        forms={},
        invalid=invalid,
        ready=form,
        ready_address=PORTAL.address("connection-ready", code),
        self_test_address=PORTAL.address("self-test", query={"sample": code}),
    )
