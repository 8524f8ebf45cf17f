"""Who stands at the door for machines."""

from __future__ import annotations

from functools import lru_cache

from compliance.access.models import MachineClient
from compliance.access.tokens import TOKEN, hash_of
from compliance.registry.revision import current_revision

_REMEMBERED = 256


def find_client(token: str, *, revision: int | None = None) -> MachineClient | None:
    """Return the client that holds this token, unless there is none or it was revoked.

    One index probe for a client that was seen before: it is remembered for as long as the register
    is at the same revision, and every change of a client moves the revision. Treat it as read-only.
    ``revision`` is for a caller who has just read it.
    """
    if not TOKEN.match(token):
        return None
    return client_at(hash_of(token), current_revision() if revision is None else revision)


@lru_cache(maxsize=_REMEMBERED)
def client_at(token_hash: bytes, _revision: int) -> MachineClient | None:
    """Return who holds the token of this hash as the register stands at a revision. A few queries."""
    found = MachineClient.objects.filter(token_hash=token_hash, revoked_at=None).select_related("organisation")
    return found.prefetch_related("reports_for", "organisation__mandates_held__controller").first()
