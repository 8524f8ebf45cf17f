"""The systems of an organisation and their keys, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.access.models import ClientCredentialUse
from compliance.access.scopes import PERMISSIONS
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.registry.state import FINGERPRINT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.models import ClientCredential, MachineClient

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key in words."""

    number: int
    kind: str
    label: str
    fingerprint: str
    since: str
    ends: str
    last_used: str
    standing: Badge
    works: bool


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One system in words."""

    name: str
    organisation: str
    may: tuple[str, ...]
    scopes: tuple[str, ...]
    since: str
    keys: tuple[KeyRow, ...]
    counted: str
    last_used: str
    standing: Badge
    is_open: bool
    address: str


def present_clients(clients: Iterable[MachineClient], *, at: datetime) -> tuple[ClientRow, ...]:
    """Put a list of systems into words."""
    return tuple(present_client(client, at=at) for client in clients)


def present_client(client: MachineClient, *, at: datetime) -> ClientRow:
    """Put one system and its keys into words; those that work come first."""
    credentials = sorted(client.credentials.all(), key=lambda one: not one.works(at))
    keys = tuple(present_key(credential, at=at) for credential in credentials)
    working = sum(key.works for key in keys)
    granted = [permission for scope, permission in PERMISSIONS.items() if scope in client.granted]
    used = max((use for credential in credentials if (use := _used(credential))), default=None)
    return ClientRow(
        name=client.name,
        organisation=client.organisation.name,
        may=tuple(str(permission.name) for permission in granted),
        scopes=tuple(permission.scope.value for permission in granted),
        since=words.day(words.local_day(client.created_at)),
        keys=keys,
        counted=ngettext("%(count)s working key", "%(count)s working keys", working) % {"count": words.figure(working)},
        last_used=words.moment(used) if used else _("never yet"),
        standing=_standing(client, working),
        is_open=client.revoked_at is None,
        address=reverse("portal-client", args=[client.name]),
    )


def present_key(credential: ClientCredential, *, at: datetime) -> KeyRow:
    """Put one key into words."""
    used = _used(credential)
    ends = credential.expires_at
    return KeyRow(
        number=credential.pk,
        kind=str(credential.get_kind_display()),
        label=credential.label,
        fingerprint=bytes(credential.digest).hex()[: 2 * FINGERPRINT_BYTES],
        since=words.day(words.local_day(credential.created_at)),
        ends=words.moment(ends) if ends else _("no end"),
        last_used=words.moment(used) if used else _("never yet"),
        standing=_key_standing(credential, at),
        works=credential.works(at),
    )


def _used(credential: ClientCredential) -> datetime | None:
    try:
        return credential.use.last_used_at
    except ClientCredentialUse.DoesNotExist:
        return None


def _standing(client: MachineClient, working: int) -> Badge:
    if client.revoked_at is not None:
        return Badge(_("shut out"), "calm")
    return Badge(_("is let in"), "good") if working else Badge(_("has no key"), "care")


def _key_standing(credential: ClientCredential, at: datetime) -> Badge:
    if credential.revoked_at is not None:
        return Badge(_("revoked"), "calm")
    if not credential.works(at):
        return Badge(_("ended"), "calm")
    if credential.expires_at is not None and credential.expires_at - at <= SOON:
        return Badge(_("ends soon"), "care")
    return Badge(_("works"), "good")
