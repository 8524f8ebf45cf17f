"""Every act on a request, as anybody may try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.content import content_digest
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.external_advice import ask_external, record_external
from compliance.authorisations.requests.go_live import go_live, start_test
from compliance.authorisations.requests.models import RequestEvent
from compliance.authorisations.requests.publish import publish
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.save_section import save_section
from compliance.authorisations.requests.sign import sign
from compliance.authorisations.requests.submit import submit
from compliance.authorisations.requests.suspend_request import resume_request, suspend_request
from compliance.authorisations.requests.vocabulary import Adviser, DecisionOutcome, Opinion, RequestAct, Section
from compliance.authorisations.requests.withdraw_request import withdraw_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest

A = RequestAct
REFUSE = "refuse"


def change(request: AuthorisationRequest, account: Account, number: int, *, material: bool) -> None:
    """Change what the request says: why the data is needed, or only its title."""
    section = Section.PURPOSES if material else Section.PARTIES
    part = getattr(request.said, section.value)
    field = "explanation" if material else "title"
    part = msgspec.structs.replace(part, **{field: f"In andere woorden, {number}."})
    based_on = content_digest(getattr(request.said, section.value))
    save_section(request=request, section=section, part=part, account=account, based_on=based_on)


def signable(request: AuthorisationRequest) -> str:
    """Return the digest of the text that was granted, and something else before that."""
    granted = RequestEvent.objects.filter(request=request, act=A.DECIDE).select_related("text").last()
    return granted.text.protocol_digest if granted else "0" * 64


ACTS: Mapping[str, Callable[[AuthorisationRequest, Account, int], object]] = {
    A.SUBMIT: lambda request, account, _number: submit(request=request, account=account),
    A.ADVISE: lambda request, account, number: advise(
        request=request, account=account, opinion=Opinion.POSITIVE, advice=f"Goed, {number}."
    ),
    A.ASK_EXTERNAL: lambda request, account, _number: ask_external(
        request=request, account=account, committee=Adviser.VTC, why="Gevoelige gegevens."
    ),
    A.RECORD_EXTERNAL: lambda request, account, number: record_external(
        request=request, account=account, opinion=Opinion.CONDITIONAL, advice=f"Mits {number}.", reference="VTC/1"
    ),
    A.RETURN: lambda request, account, _number: return_request(request=request, account=account, questions="Waarom?"),
    A.DECIDE: lambda request, account, _number: decide(
        request=request, account=account, outcome=DecisionOutcome.GRANTED, reasons="Evenredig."
    ),
    REFUSE: lambda request, account, _number: decide(
        request=request, account=account, outcome=DecisionOutcome.REFUSED, reasons="Niet nodig."
    ),
    A.SIGN: lambda request, account, _number: sign(request=request, account=account, protocol_digest=signable(request)),
    A.PUBLISH: lambda request, account, _number: publish(request=request, account=account),
    A.START_TEST: lambda request, account, _number: start_test(request=request, account=account),
    A.GO_LIVE: lambda request, account, _number: go_live(request=request, account=account, remark="Getest."),
    A.SUSPEND: lambda request, account, _number: suspend_request(request=request, account=account, why="Incident."),
    A.RESUME: lambda request, account, _number: resume_request(request=request, account=account, why="Opgelost."),
    A.WITHDRAW: lambda request, account, _number: withdraw_request(request=request, account=account, why="Gedaan."),
}
