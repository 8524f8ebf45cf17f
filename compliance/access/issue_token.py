"""Give a machine client its token, the first or a new one; the one before stops working at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.add_secret import add_token
from compliance.access.revoke_token import revoke_token
from compliance.access.tokens import TOKEN
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError
from compliance.registry.change import change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import MachineClient
    from compliance.kernel.actor import Actor
    from compliance.registry.models import Organisation


@transaction.atomic
def issue_token(
    *,
    client: MachineClient,
    actor: Actor,
    reason: str,
    reports_for: Iterable[Organisation] | None = None,
    token: str | None = None,
) -> str:
    """Save the client with a new token and return the token, which nothing can show again. One transaction.

    ``token`` is for a token that the client has already; it must have the same form and strength. Keys of
    another kind keep working; :func:`~compliance.access.add_secret.add_token` lets the token before work on too.
    """
    if token is not None and not TOKEN.match(token):
        raise InvalidInputError(detail="A token is kbi_ and 43 characters of base64url.")
    if client._state.adding:
        client.created_at = now()
    client.revoked_at = None
    many = {} if reports_for is None else {"reports_for": reports_for}
    change(instance=client, actor=actor, reason=reason, many=many)
    revoke_token(client=client, actor=actor, reason=reason)
    issued = add_token(client=client, label="", expires_at=None, actor=actor, reason=reason, token=token or "")
    return issued.secret
