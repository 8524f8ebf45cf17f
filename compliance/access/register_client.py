"""Make a system of an organisation, or change what it may do: the step of who keeps the organisation's systems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.grantable import grantable_to
from compliance.access.models import SEPARATOR, MachineClient
from compliance.access.scopes import scopes_in, written
from compliance.access.steps import record_step
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError
from compliance.oversight.vocabulary import ActKind
from compliance.registry.append_change import lock_register
from compliance.registry.change import change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.scopes import Scope
    from compliance.kernel.actor import Actor
    from compliance.registry.models import Organisation

NAME = re.compile(r"^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$")
NAME_HELP = gettext_lazy("Use 1 to 30 small letters, digits and hyphens, for example batch or desk-2.")


class NameTakenError(ConflictError):
    """The organisation has a system of this name."""

    problem_type = "name-taken"
    title = "There is a system of this name already. Choose another name."


@transaction.atomic
def register_client(
    *, organisation: Organisation, name: str, scopes: Iterable[str], actor: Actor, reason: str
) -> MachineClient:
    """Make a system of the organisation, that still lacks a key. One transaction.

    It is known as the organisation's code, a point and ``name``, so that no organisation learns what others'
    systems are called. Raises :class:`InvalidInputError` and :class:`NameTakenError`.
    """
    at = now()
    if not NAME.match(name):
        raise InvalidInputError(errors=(FieldError("/name", str(NAME_HELP)),))
    whole = f"{organisation.code.lower()}{SEPARATOR}{name}"
    granted = _granted(organisation, scopes, frozenset(), at)
    lock_register()
    if MachineClient.objects.filter(name=whole).exists():
        detail = _("Your organisation has a system of this name already. Choose another name.")
        raise NameTakenError(errors=(FieldError("/name", detail, "taken"),))
    client = MachineClient(name=whole, organisation=organisation, scopes=granted, created_at=at)
    return _kept(client, actor, reason)


@transaction.atomic
def grant_scopes(*, client: MachineClient, scopes: Iterable[str], actor: Actor, reason: str) -> MachineClient:
    """Let the client do this from now on, and nothing else. One transaction.

    What its organisation may not have any more it keeps, until it is taken away. Raises :class:`InvalidInputError`.
    """
    lock_register()
    client.refresh_from_db()
    client.scopes = _granted(client.organisation, scopes, client.granted, now())
    return _kept(client, actor, reason)


def _granted(organisation: Organisation, words: Iterable[str], had: frozenset[Scope], at: datetime) -> list[str]:
    asked = scopes_in(words)
    if not asked:
        raise InvalidInputError(errors=(FieldError("/scopes", _("Choose what the system may do."), "required"),))
    if refused := asked - had - grantable_to(organisation, at=at):
        detail = _("Your organisation cannot grant %(scopes)s yet: it is not connected.") % {"scopes": written(refused)}
        raise InvalidInputError(errors=(FieldError("/scopes", detail, "not-grantable"),))
    return sorted(asked)


def _kept(client: MachineClient, actor: Actor, reason: str) -> MachineClient:
    change(instance=client, actor=actor, reason=reason)
    record_step(
        actor=actor,
        kind=ActKind.CLIENT_CHANGED,
        reason=reason,
        client=client.name,
        scopes=written(client.granted),
    )
    return client
