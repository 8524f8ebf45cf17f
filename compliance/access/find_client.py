"""Whose token this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.find_credential import find_credential
from compliance.access.tokens import TOKEN, hash_of
from compliance.access.vocabulary import CredentialKind
from compliance.kernel.clock import now
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from compliance.access.models import ClientCredential, MachineClient


def find_client(token: str) -> MachineClient | None:
    """Return the client that holds this token, unless there is none or it was revoked. One index probe."""
    credential = holder_of(token, revision=current_revision())
    return None if credential is None else credential.client


def holder_of(token: str, *, revision: int) -> ClientCredential | None:
    """Return the credential that this token is, at a revision that the caller has just read."""
    if not TOKEN.match(token):
        return None
    return find_credential(kind=CredentialKind.TOKEN, digest=hash_of(token), revision=revision, at=now())
