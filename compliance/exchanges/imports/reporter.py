"""Who reports what is imported: a machine client, a producer, or the keeper for everybody."""

from __future__ import annotations

from compliance.access.acts_for import producers_of
from compliance.access.models import MachineClient
from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.exchanges.recorded import Reporter
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation

IMPORTER = system("import_exchanges")


def reporter_as_client(name: str) -> Reporter:
    """Return a machine client as it would report by itself. Raises :class:`ImportStoppedError`."""
    found = MachineClient.objects.filter(name=name, revoked_at=None).select_related("organisation")
    client = found.prefetch_related("reports_for").first()
    if client is None:
        raise ImportStoppedError(detail=f"There is no machine client {name}, or it was revoked.")
    producers = producers_of(client, at=now())
    return Reporter(actor=client.actor, organisation=client.organisation.code, reports_for=producers)


def reporter_for(producer: str) -> Reporter:
    """Return the operator's import for one producer and no other. Raises :class:`ImportStoppedError`."""
    if not Organisation.objects.filter(code=producer).exists():
        raise ImportStoppedError(detail=f"{producer} is not an organisation of the register.")
    return Reporter(actor=IMPORTER, organisation=producer)


def reporter_for_all() -> Reporter:
    """Return the operator's import for whichever producer a record names, and for the keeper when it names none."""
    codes = frozenset(Organisation.objects.values_list("code", flat=True))
    return Reporter(actor=IMPORTER, organisation=keeper(), reports_for=codes)
