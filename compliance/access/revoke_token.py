"""Take a machine client's static tokens away; keys of another kind keep working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.revoke_credential import revoke_credential
from compliance.access.vocabulary import CredentialKind

if TYPE_CHECKING:
    from compliance.access.models import MachineClient
    from compliance.kernel.actor import Actor


@transaction.atomic
def revoke_token(*, client: MachineClient, actor: Actor, reason: str) -> MachineClient:
    """Let nobody in by a token of the client, from the next request on in every process. One transaction."""
    for credential in client.credentials.filter(kind=CredentialKind.TOKEN, revoked_at=None):
        revoke_credential(credential=credential, actor=actor, reason=reason)
    return client
