"""Example requests for the demonstration: what partners ask and how far it came, told through the real verbs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from compliance.access.models import Account
from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.content import (
    RequestContent,
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
from compliance.authorisations.requests.vocabulary import DecisionOutcome, Opinion, RequestKind, Section
from compliance.authorisations.requests.write_message import write_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.authorisations.models import Authorisation

EXAMPLES = Path(__file__).parent / "example_requests"
Cast = dict[str, Account]


def example(name: str) -> RequestContent:
    """Return the content of an example, without what the register knows of the parties."""
    return msgspec.toml.decode((EXAMPLES / f"{name}.toml").read_bytes(), type=RequestContent)


@transaction.atomic
def tell_requests() -> int:
    """Make the examples where there is no request yet; return how many. One transaction."""
    if AuthorisationRequest.objects.exists():
        return 0
    cast: Cast = {account.username: account for account in Account.objects.select_related("organisation")}
    standing = in_production(cast)
    _asked_to_go_on(cast, standing)
    _returned(cast)
    draft_request(account=cast["vmsw-requester"])
    return AuthorisationRequest.objects.count()


def written(
    account: Account, name: str, *, kind: RequestKind = RequestKind.NEW, of: Authorisation | None = None
) -> AuthorisationRequest:
    """Return a draft that says what an example says; the parties are those that the register proposes."""
    request, wanted = draft_request(account=account, kind=kind, authorisation=of), example(name)
    parties = msgspec.structs.replace(request.said.parties, title=wanted.parties.title, contact=wanted.parties.contact)
    wanted = msgspec.structs.replace(wanted, parties=parties)
    for section in Section:
        standing, part = part_of(request.said, section), part_of(wanted, section)
        request = save_section(
            request=request, section=section, part=part, account=account, based_on=content_digest(standing)
        )
    return request


def in_production(cast: Mapping[str, Account]) -> AuthorisationRequest:
    """Tell of a request of VDAB's that went the whole way."""
    request = submit(request=written(cast["vdab-requester"], "vdab-training"), account=cast["vdab-requester"])
    _advise(cast, request)
    decide(
        request=request,
        account=cast["second-officer"],
        outcome=DecisionOutcome.GRANTED,
        reasons="Beide adviezen zijn gunstig, en elke categorie is nodig voor de toeleiding.",
    )
    for username in ("vdab-requester", "vdab-dpo", "officer", "second-officer"):
        sign(request=request, account=cast[username], protocol_digest=text_to_sign(request).protocol_digest)
    publish(request=request, account=cast["officer"])
    start_test(request=request, account=cast["operator"])
    go_live(request=request, account=cast["operator"], remark="Alle testen in de acceptatieomgeving zijn geslaagd.")
    request.refresh_from_db()
    return request


def _asked_to_go_on(cast: Mapping[str, Account], standing: AuthorisationRequest) -> None:
    """Tell of an amendment on which both officers advised, and which waits for a decision."""
    amendment = written(cast["vdab-requester"], "vdab-training", kind=RequestKind.AMENDMENT, of=standing.granted)
    submit(request=amendment, account=cast["vdab-requester"])
    question = write_message(
        request=amendment,
        account=cast["officer"],
        section=Section.RHYTHM,
        message="Waarom volstaat één vraag bij het eerste gesprek niet?",
        is_question=True,
    )
    write_message(
        request=amendment,
        account=cast["vdab-requester"],
        section=None,
        message="Omdat een traject onderweg verandert: één inburgeraar op vijf stapt over naar een ander onderdeel.",
        answers=question,
    )
    _advise(cast, amendment)


def _returned(cast: Mapping[str, Account]) -> None:
    """Tell of a request of VMSW's that came back with questions."""
    request = submit(request=written(cast["vmsw-requester"], "vmsw-exemption"), account=cast["vmsw-requester"])
    return_request(
        request=request,
        account=cast["officer"],
        questions="Een vrijstelling om medische redenen is een gezondheidsgegeven (AVG art. 9). "
        "Licht toe waarom het niet volstaat te weten dát de voorwaarde vervuld is.",
    )


def _advise(cast: Mapping[str, Account], request: AuthorisationRequest) -> None:
    for username, words in (
        ("vdab-dpo", "De gegevens zijn beperkt tot wat de bemiddelaar nodig heeft. De toegang volgt de toewijzing."),
        ("officer", "Evenredig. Het plafond per maand en de uren beperken wat bij misbruik kan uitlekken."),
    ):
        advise(request=request, account=cast[username], opinion=Opinion.POSITIVE, advice=words)
