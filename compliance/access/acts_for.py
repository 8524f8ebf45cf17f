"""For whom a machine client may act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.clock import BRUSSELS
from compliance.registry.span import Span

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import MachineClient


def organisations_of(client: MachineClient, *, at: datetime) -> frozenset[str]:
    """Return the organisations (codes) that a client may ask and report for at a moment.

    Its own, those that mandated its own to process for them, and those that the register names for it.
    No query for a client that :func:`~compliance.access.find_client.find_client` found.
    """
    return frozenset({client.organisation.code}) | mandated(client, at=at) | named(client)


def producers_of(client: MachineClient, *, at: datetime) -> frozenset[str]:
    """Return in whose name a client may report: who is named, its own where nobody is, and who gave a mandate."""
    return (named(client) or frozenset({client.organisation.code})) | mandated(client, at=at)


def mandated(client: MachineClient, *, at: datetime) -> frozenset[str]:
    """Return for whom the client's organisation processes, by a mandate that is in force on this day in Brussels."""
    day = at.astimezone(BRUSSELS).date()
    return frozenset(
        mandate.controller.code
        for mandate in client.organisation.mandates_held.all()
        if Span(mandate.valid_from, mandate.valid_until).holds(day)
    )


def named(client: MachineClient) -> frozenset[str]:
    """Return for whom the register says that this client reports."""
    return frozenset(organisation.code for organisation in client.reports_for.all())
