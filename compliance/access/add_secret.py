"""Give a client a secret of its own making: it is shown once, and its SHA-256 is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.access.add_credential import add_credential
from compliance.access.tokens import hash_of, new_secret, new_token
from compliance.access.vocabulary import CredentialKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import ClientCredential, MachineClient
    from compliance.kernel.actor import Actor


class Issued(NamedTuple):
    """The credential, and what it is: nothing can show that again."""

    credential: ClientCredential
    secret: str


def add_secret(*, client: MachineClient, label: str, expires_at: datetime | None, actor: Actor, reason: str) -> Issued:
    """Make a secret with which the client asks for access tokens. One transaction."""
    secret = new_secret()
    kept = add_credential(
        client=client,
        kind=CredentialKind.SECRET,
        digest=hash_of(secret),
        label=label,
        expires_at=expires_at,
        actor=actor,
        reason=reason,
    )
    return Issued(kept, secret)


def add_token(
    *, client: MachineClient, label: str, expires_at: datetime | None, actor: Actor, reason: str, token: str = ""
) -> Issued:
    """Make a static token that is itself the key, or keep one that the client has already. One transaction."""
    issued = token or new_token()
    kept = add_credential(
        client=client,
        kind=CredentialKind.TOKEN,
        digest=hash_of(issued),
        label=label,
        expires_at=expires_at,
        actor=actor,
        reason=reason,
    )
    return Issued(kept, issued)
