"""Give a client a key of which the secret half never leaves its own house: a public key, or a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.add_credential import add_credential
from compliance.access.certificates import read_certificate
from compliance.access.public_keys import read_public_key
from compliance.access.vocabulary import CredentialKind
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import ClientCredential, MachineClient
    from compliance.kernel.actor import Actor


def add_public_key(
    *, client: MachineClient, label: str, text: str, expires_at: datetime | None, actor: Actor, reason: str
) -> ClientCredential:
    """Keep a public key, with which the client's assertions are checked (RFC 7523). One transaction."""
    key = read_public_key(text)
    return add_credential(
        client=client,
        kind=CredentialKind.PUBLIC_KEY,
        digest=key.thumbprint,
        label=label,
        jwk=key.jwk,
        expires_at=expires_at,
        actor=actor,
        reason=reason,
    )


def add_certificate(
    *, client: MachineClient, label: str, text: str, expires_at: datetime | None, actor: Actor, reason: str
) -> ClientCredential:
    """Keep the thumbprint of a certificate, at the latest until it ends itself (RFC 8705). One transaction."""
    certificate = read_certificate(text, at=now())
    ends_at = min(certificate.ends_at, expires_at or certificate.ends_at)
    return add_credential(
        client=client,
        kind=CredentialKind.CERTIFICATE,
        digest=certificate.thumbprint,
        label=label,
        expires_at=ends_at,
        actor=actor,
        reason=reason,
    )
