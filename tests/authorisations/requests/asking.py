"""A complete request of VDAB's, and the people who bring it further."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from compliance.access.models import Account
from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.content import (
    Bases,
    Contact,
    Delivery,
    Duration,
    Purposes,
    Recipients,
    RequestContent,
    RequestedData,
    Rights,
    Sanctions,
    Security,
    Wanted,
    content_digest,
    part_of,
)
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.go_live import go_live, start_test
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.publish import publish
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.save_section import save_section
from compliance.authorisations.requests.sign import sign, text_to_sign
from compliance.authorisations.requests.submit import submit
from compliance.authorisations.requests.vocabulary import (
    DecisionOutcome,
    Measure,
    Opinion,
    RequestKind,
    Rhythm,
    Section,
)
from compliance.authorisations.requests.write_message import write_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.authorisations.models import Authorisation


def complete(content: RequestContent) -> RequestContent:
    """Return a draft's content with everything that it needs to be submitted."""
    return msgspec.structs.replace(
        content,
        parties=msgspec.structs.replace(
            content.parties,
            title="Protocol voor arbeidsbemiddeling",
            recipient_dpo=Contact("DPO van VDAB", "dpo@vdab.example"),
            provider_dpo=Contact("DPO van het agentschap", "dpo@kbi.example"),
            contact=Contact("Dienst gegevens", "gegevens@vdab.example"),
        ),
        purposes=Purposes(
            purposes=("JOB-MEDIATION",),
            explanation="Wij stemmen de bemiddeling af op het traject.",
            first_collection="De begeleiding van inburgeraars.",
            compatibility="Werk is een doel van het traject.",
        ),
        data=RequestedData(
            services=("KBI-DOSSIER",),
            categories=(
                Wanted("IDENTIFICATION", "Om de juiste persoon te vinden."),
                Wanted("TRAJECTORY", "Om te weten wanneer iemand beschikbaar is."),
            ),
        ),
        legal_basis=Bases(
            recipient_bases=("VDAB-2004",), provider_bases=("INB-2013",), task="Bemiddelen van werkzoekenden."
        ),
        recipients=Recipients(user_groups=(), who="Bemiddelaars."),
        rhythm=Delivery(routes=("MAGDA",), rhythm=Rhythm.ON_DEMAND, expected_per_month=4_000),
        duration=Duration(starts_on=date(2020, 1, 1), retention_months=24, why_so_long="Zolang de bemiddeling duurt."),
        security=Security(measures=(Measure.ROLES, Measure.LOGGED)),
        rights=Rights(information="Op onze website.", exercise="Bij onze functionaris."),
        sanctions=Sanctions(sanctions="Opschorting van de toegang."),
    )


def drafted(
    cast: Mapping[str, Account], *, kind: RequestKind = RequestKind.NEW, of: Authorisation | None = None
) -> AuthorisationRequest:
    """Return a draft of VDAB's that lacks nothing."""
    account = cast["vdab-requester"]
    request = draft_request(account=account, kind=kind, authorisation=of)
    wanted = complete(request.said)
    for section in Section:
        part, standing = part_of(wanted, section), part_of(request.said, section)
        if part != standing:
            request = save_section(
                request=request, section=section, part=part, account=account, based_on=content_digest(standing)
            )
    return request


def submitted(cast: Mapping[str, Account], **options: object) -> AuthorisationRequest:
    """Return a request that was submitted."""
    return submit(request=drafted(cast, **options), account=cast["vdab-requester"])  # type: ignore[arg-type]


def advised(cast: Mapping[str, Account], **options: object) -> AuthorisationRequest:
    """Return a request on which both data protection officers advised."""
    request = submitted(cast, **options)
    for username in ("vdab-dpo", "officer"):
        advise(
            request=request, account=cast[username], opinion=Opinion.POSITIVE, advice="Evenredig en goed omschreven."
        )
    return again(request)


def advised_by(cast: Mapping[str, Account], *usernames: str) -> AuthorisationRequest:
    """Return a request on which these advised."""
    request = submitted(cast)
    for username in usernames:
        advise(request=request, account=cast[username], opinion=Opinion.CONDITIONAL, advice="Mits een korte termijn.")
    return again(request)


def talked_about(cast: Mapping[str, Account]) -> AuthorisationRequest:
    """Return a request that was advised, asked about, returned, changed and submitted again."""
    request = advised(cast)
    asked = write_message(
        request=request,
        account=cast["officer"],
        section=Section.DATA,
        message="Volstaat het begin van het traject?",
        is_question=True,
    )
    write_message(request=request, account=cast["vdab-requester"], section=None, message="Neen.", answers=asked)
    write_message(
        request=request, account=cast["officer"], section=Section.DURATION, message="Waarom?", is_question=True
    )
    request = return_request(request=again(request), account=cast["officer"], questions="Leg uit.").request
    purposes = msgspec.structs.replace(request.said.purposes, explanation="Wij nodigen mensen uit volgens hun traject.")
    based_on = content_digest(request.said.purposes)
    request = save_section(
        request=request, section=Section.PURPOSES, part=purposes, account=cast["vdab-requester"], based_on=based_on
    )
    return submit(request=request, account=cast["vdab-requester"])


def third_officer(cast: Mapping[str, Account]) -> Account:
    """Return an officer beside the two of the cast."""
    return Account.objects.create(username="third-officer", role=cast["officer"].role)


def granted(cast: Mapping[str, Account], **options: object) -> AuthorisationRequest:
    """Return a request that was granted."""
    request = advised(cast, **options)
    decide(
        request=request,
        account=cast["second-officer"],
        outcome=DecisionOutcome.GRANTED,
        reasons="Beide adviezen zijn gunstig.",
    )
    return again(request)


def signed(cast: Mapping[str, Account], **options: object) -> AuthorisationRequest:
    """Return a request that both sides signed."""
    request = granted(cast, **options)
    for username in ("vdab-requester", "vdab-dpo", "officer", "second-officer"):
        digest = text_to_sign(request).protocol_digest
        sign(request=again(request), account=cast[username], protocol_digest=digest)
    return again(request)


def live(cast: Mapping[str, Account], **options: object) -> AuthorisationRequest:
    """Return a request that is in production."""
    request = signed(cast, **options)
    publish(request=request, account=cast["officer"])
    start_test(request=request, account=cast["operator"])
    go_live(request=request, account=cast["operator"], remark="Alle testen zijn geslaagd.")
    return again(request)


def again(request: AuthorisationRequest) -> AuthorisationRequest:
    """Read a request anew."""
    rows = AuthorisationRequest.objects.select_related("organisation", "granted", "authorisation", "made_by")
    row: AuthorisationRequest = rows.get(pk=request.pk)
    return row
