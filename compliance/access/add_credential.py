"""Give a client one more way to prove who it is; those that it has keep working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.models import ClientCredential, MachineClient
from compliance.access.steps import record_step
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.vocabulary import CredentialKind
    from compliance.kernel.actor import Actor

MOST = 10


class ClosedClientError(ConflictError):
    """The client is let in no longer, whatever it holds."""

    problem_type = "closed-client"
    title = "This system was shut out. Make a new one."


class TooManyCredentialsError(ConflictError):
    """More keys than anybody rotates."""

    problem_type = "too-many-keys"
    title = f"A system has {MOST} working keys at the most. Revoke one that is not used any more."


@transaction.atomic
def add_credential(
    *,
    client: MachineClient,
    kind: CredentialKind,
    digest: bytes,
    actor: Actor,
    reason: str,
    label: str = "",
    jwk: dict[str, str] | None = None,
    expires_at: datetime | None = None,
) -> ClientCredential:
    """Keep a credential of the client. One transaction.

    Raises :class:`ClosedClientError`, :class:`TooManyCredentialsError`, :class:`InvalidInputError` for an end that
    has passed, and Django's ValidationError for what is a key here already.
    """
    at = now()
    if expires_at is not None and expires_at <= at:
        detail = _("The end has passed. Choose a later day.")
        raise InvalidInputError(errors=(FieldError("/expires_at", detail, "past"),))
    lock_register()
    standing = MachineClient.objects.get(pk=client.pk)
    if standing.revoked_at is not None:
        raise ClosedClientError(_("This system was shut out. Make a new one."))
    if sum(kept.works(at) for kept in standing.credentials.select_related("client")) >= MOST:
        detail = _("A system has %(most)s working keys at the most. Revoke one that is not used any more.")
        raise TooManyCredentialsError(detail % {"most": MOST})
    credential = ClientCredential(
        client=standing, kind=kind, digest=digest, label=label, jwk=jwk, created_at=at, expires_at=expires_at
    )
    change(instance=credential, actor=actor, reason=reason)
    record_step(
        actor=actor, kind=ActKind.KEY_ADDED, reason=reason, client=client.name, kind_of_key=kind.value, label=label
    )
    return credential
