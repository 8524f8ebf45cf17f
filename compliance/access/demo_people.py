"""The cast: the people and the system of the demo and of every test."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from compliance.access.issue_token import issue_token
from compliance.access.models import Account, MachineClient, all_scopes
from compliance.access.roles import Role
from compliance.access.scopes import ALL
from compliance.access.set_password import set_password
from compliance.access.tokens import hash_of
from compliance.kernel.actor import system
from compliance.registry.models import Organisation

MAKER = system("create_demo_people")
REASON = "The people of the demo."
GATEWAY = "magda-gateway"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast."""

    username: str
    role: Role
    organisation: str = ""
    administers: bool = False


CAST = (
    Person("officer", Role.OFFICER),
    Person("second-officer", Role.OFFICER),
    Person("auditor", Role.AUDITOR),
    Person("operator", Role.OPERATOR),
    Person("vdab-requester", Role.PARTNER_REQUESTER, "VDAB", administers=True),
    Person("vdab-dpo", Role.PARTNER_DPO, "VDAB"),
    Person("vmsw-requester", Role.PARTNER_REQUESTER, "VMSW", administers=True),
    Person("nobody", Role.NONE),
)


@transaction.atomic
def create_people(*, password: str) -> int:
    """Make those of the cast who are missing, and give each this password; return how many changed. One transaction."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    accounts = {account.username: account for account in Account.objects.all()}
    changed = 0
    for person in CAST:
        account = accounts.get(person.username) or Account(username=person.username)
        standing = account.administers == person.administers and account.check_password(password)
        if account._state.adding or not standing:
            account.role = person.role
            account.administers = person.administers
            account.organisation = organisations.get(person.organisation)
            set_password(account=account, password=password, actor=MAKER, reason=REASON)
            changed += 1
    return changed


@transaction.atomic
def create_gateway(*, token: str | None = None) -> str | None:
    """Make the system that reports for the bank and all partners; return its token when it is new. One transaction.

    A given ``token`` becomes the gateway's. Without one, a gateway that is there keeps its own, which nobody can show.
    """
    client = MachineClient.objects.filter(name=GATEWAY).first()
    if client is not None and (token is None or _holds(client, token)):
        return None
    reports_for = Organisation.objects.filter(counted_as_partner=True) | Organisation.objects.filter(
        code__in=("KBI", "DISCIMUS", "RIJKSREGISTER")
    )
    client = client or MachineClient(name=GATEWAY, organisation=Organisation.objects.get(code="MAGDA"))
    client.scopes = all_scopes()
    return issue_token(client=client, actor=MAKER, reason=REASON, reports_for=reports_for, token=token)


def _holds(client: MachineClient, token: str) -> bool:
    working = client.credentials.filter(digest=hash_of(token), revoked_at=None)
    return client.granted == ALL and working.exists()
