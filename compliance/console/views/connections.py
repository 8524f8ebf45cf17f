"""Partners being connected: the board of all, one partner's board, and the moves of an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.connecting.begin import begin as begin_connection
from compliance.connecting.models import Connection
from compliance.connecting.vocabulary import Step
from compliance.console.connection_forms import BeginForm, refuse
from compliance.console.connection_moves import FORMS, forms_for, make_move
from compliance.console.desks.connections import connection_of, show_connection, show_connections
from compliance.console.door import CONSOLE
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CONNECTIONS)
def connections(request: HttpRequest) -> HttpResponse:
    """Show the board of all partners."""
    return show_connections(request, door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CONNECTIONS, Capability.KEEP_CONNECTIONS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to connect a partner."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_connection(account=reader_of(request), **form.cleaned_data)
        except (ConflictError, InvalidInputError) as error:
            refuse(form, error)
        else:
            return redirect(CONSOLE.address("connection", made.organisation.code))
    return page(request, "pages/connection-begin.html", form=form, back=CONSOLE.address("connections"))


@require_safe
@screen(Capability.SEE_CONNECTIONS)
def connection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one partner's board."""
    found = connection_of(code, visible=Connection.objects.all())
    forms: dict[str, Any] = forms_for(found) if reader_of(request).may(Capability.KEEP_CONNECTIONS) else {}
    return show_connection(request, connection=found, door=CONSOLE, forms=forms)


@require_POST
@screen(Capability.SEE_CONNECTIONS, Capability.KEEP_CONNECTIONS)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Make a move; come back to the board, or to the form that is to be mended."""
    found = connection_of(code, visible=Connection.objects.all())
    kind, seen = request.POST.get("move", ""), request.POST.get("seen", "")
    if kind not in FORMS or seen not in Step.values:
        raise NotFoundError
    form = FORMS[kind](request.POST, connection=found)
    if form.is_valid():
        try:
            make_move(kind, connection=found, seen=Step(seen), account=reader_of(request), asked=form.cleaned_data)
        except (ConflictError, InvalidInputError) as error:
            refuse(form, error)
        else:
            return redirect(CONSOLE.address("connection", code))
    found = connection_of(code, visible=Connection.objects.all())
    return show_connection(
        request, connection=found, door=CONSOLE, forms={**forms_for(found), kind: form}, invalid=kind
    )
