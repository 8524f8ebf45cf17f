"""What belongs to the reader's own organisation. All else does not exist here: it is never told apart from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.visible import scope_of
from compliance.console.door import Door
from compliance.console.reader import reader_of
from compliance.exchanges.models import Exchange
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.exchanges.queries import ExchangeQuerySet

PORTAL = Door(prefix="portal-")


def own_code(request: HttpRequest) -> str:
    """Return the code of the reader's organisation. Raises :class:`ForbiddenError` when there is none."""
    code = scope_of(reader_of(request)).organisation
    if not code:
        raise ForbiddenError
    return code


def own_exchanges(request: HttpRequest) -> ExchangeQuerySet:
    """Return the exchanges in which the reader's organisation is the partner."""
    return Exchange.objects.of_partner(own_code(request))
