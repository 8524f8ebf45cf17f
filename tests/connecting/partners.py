"""Partners on their way, and people who move them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.authorisations.draft import Instrument, VersionDraft
from compliance.authorisations.register_version import register_version
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.connecting.begin import begin
from compliance.connecting.checklist import keep_passed
from compliance.connecting.confirm import confirm
from compliance.connecting.vocabulary import Check, Step
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.change import change
from compliance.registry.models import Organisation, ProcessingMandate, Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.authorisations.models import AuthorisationVersion
    from compliance.connecting.models import Connection
    from compliance.kernel.actor import Actor

OCMW = "OCMW-12025"
VENDOR, OTHER_VENDOR = "LEVERANCIER-A", "LEVERANCIER-B"
WHY = "Agreed in the meeting of today"


def organisation(code: str) -> Organisation:
    """Return an organisation of the register."""
    return Organisation.objects.get(code=code)


def mandate(cast: Mapping[str, Account], processor: str = VENDOR, controller: str = OCMW) -> ProcessingMandate:
    """Let a vendor process for an OCMW since a year, and for ever."""
    made = ProcessingMandate(
        processor=organisation(processor),
        controller=organisation(controller),
        valid_from=now().date() - timedelta(days=365),
    )
    change(instance=made, actor=cast["operator"].actor, reason=WHY)
    return made


def person_of(code: str, username: str = "") -> Account:
    """Return somebody who makes requests for an organisation; made when there is none of this name."""
    made, _new = Account.objects.get_or_create(
        username=username or f"{code.lower()}-requester",
        defaults={"role": Role.PARTNER_REQUESTER, "organisation": organisation(code)},
    )
    return made


def begun(
    cast: Mapping[str, Account], code: str = OCMW, *, vendor: str | None = VENDOR, route: str = "MAGDA-KSZ"
) -> Connection:
    """Begin to connect an OCMW, with a vendor that has its mandate."""
    if vendor is not None:
        mandate(cast, vendor, code)
    return begin(
        organisation=organisation(code),
        route=Route.objects.get(code=route),
        vendor=None if vendor is None else organisation(vendor),
        account=cast["operator"],
        reason=WHY,
    )


def authorised(
    code: str = OCMW, *, environments: tuple[str, ...] = ("production", "acceptance"), route: str = "MAGDA-KSZ"
) -> AuthorisationVersion:
    """Register the next version of an authorisation of an OCMW's own, from now on."""
    instrument = Instrument(
        code=f"PROT-{code}",
        kind=InstrumentKind.PROTOCOL,
        title_nl="Protocol",
        title_en="Protocol",
        title_fr="Protocole",
    )
    draft = VersionDraft(
        provider="KBI",
        recipients=(code,),
        purposes=("SOCIAL-SERVICE",),
        services=("KBI-DOSSIER/2.0",),
        categories=("IDENTIFICATION", "TRAJECTORY", "INTEGRATION-STATUS"),
        legal_bases=("OCMW-1976-ART-57",),
        routes=(route,),
        environments=environments,
        valid_from=now().astimezone(BRUSSELS) - timedelta(days=30),
    )
    return register_version(instrument=instrument, draft=draft, actor=person("operator"), reason=WHY)


def person(username: str) -> Actor:
    """Return somebody as an actor."""
    return Account.objects.get(username=username).actor


def passed(connection: Connection, *checks: Check) -> None:
    """Keep that a partner's system showed these, or everything."""
    keep_passed(connection=connection, checks=checks or tuple(Check), actor=person("operator"))


def brought_to(connection: Connection, step: Step, cast: Mapping[str, Account]) -> Connection:
    """Confirm every step before this one; the tests are all passed."""
    for each in Step:
        if each is step:
            break
        if each is Step.TESTS_PASSED:
            passed(connection)
        connection = confirm(connection=connection, seen=each, account=cast["operator"], reason=WHY)
    return connection
