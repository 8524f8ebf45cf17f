"""Take one key of a client away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.steps import record_step
from compliance.kernel.clock import now
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from compliance.access.models import ClientCredential
    from compliance.kernel.actor import Actor


@transaction.atomic
def revoke_credential(*, credential: ClientCredential, actor: Actor, reason: str) -> ClientCredential:
    """Let nobody in by this key, nor by an access token that it got, from the next request on. One transaction.

    What was revoked stays as it is: when it was first revoked is what counts.
    """
    lock_register()
    credential.refresh_from_db(fields=["revoked_at"])
    if credential.revoked_at is not None:
        return credential
    credential.revoked_at = now()
    change(instance=credential, actor=actor, reason=reason)
    record_step(
        actor=actor,
        kind=ActKind.KEY_REVOKED,
        reason=reason,
        client=credential.client.name,
        kind_of_key=credential.kind,
        label=credential.label,
    )
    return credential
