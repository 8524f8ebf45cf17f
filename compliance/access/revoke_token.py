"""Take a machine client's token away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.clock import now
from compliance.registry.change import change

if TYPE_CHECKING:
    from compliance.access.models import MachineClient
    from compliance.kernel.actor import Actor


def revoke_token(*, client: MachineClient, actor: Actor, reason: str) -> MachineClient:
    """Let the client in no longer, from the next request on in every process. One transaction."""
    client.revoked_at = now()
    change(instance=client, actor=actor, reason=reason)
    return client
