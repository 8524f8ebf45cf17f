"""Which credential stands behind a token, a certificate or an access token, as the register stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compliance.access.models import ClientCredential

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from compliance.access.vocabulary import CredentialKind

_REMEMBERED = 1024


def find_credential(*, kind: CredentialKind, digest: bytes, revision: int, at: datetime) -> ClientCredential | None:
    """Return the credential of this kind and digest if it lets its client in at this moment.

    No query for one that was seen before: it is remembered for as long as the register is at the same revision,
    and every change of a client or a credential moves the revision. Treat it as read-only.
    """
    return _working(credential_at(kind.value, digest, revision), at)


def numbered_credential(*, number: int, revision: int, at: datetime) -> ClientCredential | None:
    """Return the credential with this number if it lets its client in at this moment; remembered in the same way."""
    return _working(credential_numbered(number, revision), at)


@lru_cache(maxsize=_REMEMBERED)
def credential_at(kind: str, digest: bytes, _revision: int) -> ClientCredential | None:
    """Return whose digest this is as the register stands at a revision, whether or not it still works."""
    return _whole(ClientCredential.objects.filter(kind=kind, digest=digest))


@lru_cache(maxsize=_REMEMBERED)
def credential_numbered(number: int, _revision: int) -> ClientCredential | None:
    """Return the credential with this number as the register stands at a revision, whether or not it still works."""
    return _whole(ClientCredential.objects.filter(pk=number))


def _whole(found: QuerySet[ClientCredential]) -> ClientCredential | None:
    """Return it with all that is asked of its client, so that nothing is asked again. A few queries."""
    related = found.select_related("client__organisation")
    return related.prefetch_related("client__reports_for", "client__organisation__mandates_held__controller").first()


def _working(credential: ClientCredential | None, at: datetime) -> ClientCredential | None:
    return credential if credential is not None and credential.works(at) else None
