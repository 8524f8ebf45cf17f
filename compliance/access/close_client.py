"""Shut a system out, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.revoke_credential import revoke_credential
from compliance.access.steps import record_step
from compliance.kernel.clock import now
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from compliance.access.models import MachineClient
    from compliance.kernel.actor import Actor


@transaction.atomic
def close_client(*, client: MachineClient, actor: Actor, reason: str) -> MachineClient:
    """Let the client in no longer, by any key, from the next request on in every process. One transaction."""
    lock_register()
    client.refresh_from_db(fields=["revoked_at"])
    if client.revoked_at is None:
        client.revoked_at = now()
        change(instance=client, actor=actor, reason=reason)
        # Whoever lets the system in again gives it a new key: none of these comes back to life.
        for credential in client.credentials.filter(revoked_at=None):
            revoke_credential(credential=credential, actor=actor, reason=reason)
        record_step(actor=actor, kind=ActKind.CLIENT_CLOSED, reason=reason, client=client.name)
    return client
