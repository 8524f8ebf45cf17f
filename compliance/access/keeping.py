"""What an administrator keeps: people and systems of the own organisation. All else does not exist for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from compliance.access.models import Account, ClientCredential, MachineClient
from compliance.access.roles import Capability, Role
from compliance.kernel.errors import ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from compliance.registry.models import Organisation

Row = TypeVar("Row")
KEPT_ROLES = (Role.PARTNER_REQUESTER, Role.PARTNER_DPO)


def kept_organisation(keeper: Account) -> Organisation:
    """Return whose people and systems somebody keeps. Raises :class:`ForbiddenError`."""
    if keeper.organisation is None or not keeper.may(Capability.KEEP_OWN_PEOPLE):
        raise ForbiddenError
    return keeper.organisation


def own_people(keeper: Account) -> QuerySet[Account]:
    """Return the partner's people of the own organisation, the administrator too."""
    people = Account.objects.filter(organisation=kept_organisation(keeper), role__in=KEPT_ROLES)
    return people.select_related("organisation").order_by("-is_active", "username")


def own_person(keeper: Account, number: int) -> Account:
    """Return one of them. Raises :class:`NotFoundError` for anybody else."""
    return _found(own_people(keeper).filter(pk=number).first())


def other_person(keeper: Account, number: int) -> Account:
    """Return one of them to change. Raises :class:`ForbiddenError` for oneself: rights come from somebody else."""
    person = own_person(keeper, number)
    if person.pk == keeper.pk:
        raise ForbiddenError
    return person


def own_clients(keeper: Account) -> QuerySet[MachineClient]:
    """Return the systems of the own organisation, with their keys and when these were last used."""
    clients = MachineClient.objects.filter(organisation=kept_organisation(keeper))
    return clients.select_related("organisation").prefetch_related("credentials__use").order_by("name")


def own_client(keeper: Account, name: str) -> MachineClient:
    """Return one of them. Raises :class:`NotFoundError` for any other."""
    return _found(own_clients(keeper).filter(name=name).first())


def own_credential(keeper: Account, name: str, number: int) -> ClientCredential:
    """Return a key of one of them. Raises :class:`NotFoundError` for any other."""
    client = own_client(keeper, name)
    return _found(ClientCredential.objects.select_related("client").filter(client=client, pk=number).first())


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFoundError
    return row
