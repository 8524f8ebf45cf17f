"""Begin to connect a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from compliance.access.roles import Capability
from compliance.connecting.check_vendor import check_vendor
from compliance.connecting.models import Connection, ConnectionStep
from compliance.connecting.move import keep_move, stated
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, ForbiddenError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.registry.models import Organisation, Route


class BegunBeforeError(ConflictError):
    """A partner has one connection."""

    problem_type = "begun-before"
    title = "This partner is being connected already, or is connected."


@transaction.atomic
def begin(
    *, organisation: Organisation, route: Route, account: Account, reason: str, vendor: Organisation | None = None
) -> Connection:
    """Begin a connection in its analysis. One transaction.

    Raises :class:`ForbiddenError`, :class:`BegunBeforeError`, and :class:`InvalidInputError` for a vendor without a
    mandate of this partner.
    """
    if not account.may(Capability.KEEP_CONNECTIONS):
        raise ForbiddenError
    at, why = now(), stated(reason)
    check_vendor(vendor, organisation=organisation, at=at)
    connection = Connection(organisation=organisation, route=route, vendor=vendor, begun_at=at)
    try:
        with transaction.atomic():
            connection.save(force_insert=True)
    except IntegrityError as error:
        raise BegunBeforeError from error
    ConnectionStep.objects.bulk_create([ConnectionStep(connection=connection, step=step) for step in Step])
    keep_move(connection, kind=MoveKind.BEGUN, step=Step.ANALYSIS, account=account, at=at, reason=why)
    return connection
