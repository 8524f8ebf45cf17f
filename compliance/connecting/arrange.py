"""Change by which route, with which vendor and under which authorisation a partner is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.models import Authorisation
from compliance.connecting.check_vendor import check_vendor
from compliance.connecting.move import NotAllowedNowError, keep_move, locked, require, stated
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.connecting.models import Connection
    from compliance.registry.models import Organisation, Route


@transaction.atomic
def arrange(
    *,
    connection: Connection,
    route: Route,
    vendor: Organisation | None,
    authorisation: str,
    account: Account,
    reason: str,
) -> Connection:
    """Change what a connection rests on. One transaction.

    The route of one in production stays: its period in the register says so. Raises as
    :func:`~compliance.connecting.move.require`, and :class:`InvalidInputError` for a vendor without a mandate or an
    authorisation that does not exist.
    """
    connection, at, why = locked(connection), now(), stated(reason)
    require(connection, kind=MoveKind.ARRANGED, account=account, at=at)
    if connection.connected_on is not None and route != connection.route:
        detail = "A partner in production keeps its route. Go back a step first."
        raise NotAllowedNowError(detail)
    check_vendor(vendor, organisation=connection.organisation, at=at)
    if authorisation and not Authorisation.objects.filter(code=authorisation).exists():
        detail = "There is no authorisation with this code."
        raise InvalidInputError(errors=(FieldError("/authorisation", detail, "unknown"),))
    connection.route, connection.vendor, connection.authorisation = route, vendor, authorisation
    connection.save(update_fields=["route", "vendor", "authorisation"])
    keep_move(connection, kind=MoveKind.ARRANGED, step=Step(connection.step), account=account, at=at, reason=why)
    return connection
