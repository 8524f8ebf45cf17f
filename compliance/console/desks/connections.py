"""Boards of connections, as both doors show them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.connecting.models import Connection
from compliance.console.connection_filter import ConnectionFilter
from compliance.console.page import page
from compliance.console.presenters import words
from compliance.console.presenters.connection import present_board
from compliance.console.presenters.connection_list import present_connections
from compliance.console.presenters.names import Names
from compliance.console.reader import reader_of
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from compliance.connecting.queries import ConnectionQuerySet
    from compliance.console.door import Door


def show_connections(request: HttpRequest, *, door: Door) -> HttpResponse:
    """Show who is in which step, narrowed by the address."""
    at = now()
    narrowed = ConnectionFilter(request.GET, names=Names())
    found = narrowed.narrow(Connection.objects.told(), today=words.local_day(at))
    board = present_connections(connections=list(found), at=at, door=door)
    return page(
        request,
        "pages/connections.html",
        board=board,
        filter=narrowed,
        address=door.address("connections"),
        may_keep=reader_of(request).may(Capability.KEEP_CONNECTIONS),
    )


def connection_of(code: str, *, visible: ConnectionQuerySet) -> Connection:
    """Return the connection of an organisation. Raises :class:`NotFoundError` when it is not among the visible."""
    found = visible.told().filter(organisation__code=code).first()
    if found is None:
        raise NotFoundError
    return found


def show_connection(
    request: HttpRequest,
    *,
    connection: Connection,
    door: Door,
    forms: Mapping[str, Form],
    invalid: str = "",
    **more: object,
) -> HttpResponse:
    """Show one partner's board with the forms that its reader may use; ``invalid`` names the one to mend.

    ``more`` is what one door alone shows.
    """
    board = present_board(connection=connection, at=now(), names=Names(), door=door)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if invalid else HTTPStatus.OK
    return page(
        request,
        "pages/connection.html",
        status=status,
        board=board,
        forms=forms,
        open={invalid: True},
        back=door.address("connections"),
        **more,
    )
