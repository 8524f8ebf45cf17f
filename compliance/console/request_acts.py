"""What people can do at the desk: for each act its form, and the verb that is called with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.external_advice import ask_external, record_external
from compliance.authorisations.requests.go_live import go_live, start_test
from compliance.authorisations.requests.publish import publish
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.sign import sign
from compliance.authorisations.requests.suspend_request import resume_request, suspend_request
from compliance.authorisations.requests.vocabulary import Adviser, DecisionOutcome, Opinion, RequestAct
from compliance.authorisations.requests.withdraw_request import withdraw_request
from compliance.console.request_forms.acts import (
    AdviseForm,
    AskCommitteeForm,
    GoLiveForm,
    RecordCommitteeForm,
    ReturnForm,
    SignForm,
    WhyForm,
)
from compliance.console.request_forms.decide import DecideForm
from compliance.console.request_forms.fields import ActForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest

    Verb = Callable[[AuthorisationRequest, Account, Any], object]


class DeskAct(NamedTuple):
    """One act: how addresses name it, what it asks, and what it does with the answer."""

    slug: str
    act: RequestAct
    form: type[ActForm]
    verb: Verb
    asks_again: bool = False


def _advise(request: AuthorisationRequest, account: Account, form: AdviseForm) -> None:
    given = form.cleaned_data
    advise(
        request=request,
        account=account,
        opinion=Opinion(given["opinion"]),
        advice=given["advice"],
        read=given["read"] or None,
    )


def _ask_committee(request: AuthorisationRequest, account: Account, form: AskCommitteeForm) -> None:
    committee = Adviser(form.cleaned_data["committee"])
    ask_external(request=request, account=account, committee=committee, why=form.cleaned_data["why"])


def _record_committee(request: AuthorisationRequest, account: Account, form: RecordCommitteeForm) -> None:
    given = form.cleaned_data
    record_external(
        request=request,
        account=account,
        opinion=Opinion(given["opinion"]),
        advice=given["advice"],
        reference=given["reference"],
    )


def _sign(request: AuthorisationRequest, account: Account, form: SignForm) -> None:
    chosen = form.cleaned_data.get("document")
    document = request.requestattachments.filter(pk=chosen).first() if chosen else None
    digest = form.cleaned_data["protocol_digest"]
    sign(request=request, account=account, protocol_digest=digest, document=document)


def _decide(request: AuthorisationRequest, account: Account, form: DecideForm) -> None:
    given = form.cleaned_data
    decide(
        request=request,
        account=account,
        outcome=DecisionOutcome(given["outcome"]),
        reasons=given["reasons"],
        conditions=given["conditions"],
        limits=form.limits(),
        read=given["read"] or None,
    )


A = RequestAct
DESK_ACTS = {
    one.slug: one
    for one in (
        DeskAct("advise", A.ADVISE, AdviseForm, _advise),
        DeskAct("decide", A.DECIDE, DecideForm, _decide),
        DeskAct("record-committee", A.RECORD_EXTERNAL, RecordCommitteeForm, _record_committee),
        DeskAct(
            "sign",
            A.SIGN,
            SignForm,
            _sign,
        ),
        DeskAct(
            "publish", A.PUBLISH, ActForm, lambda request, account, _form: publish(request=request, account=account)
        ),
        DeskAct(
            "start-test",
            A.START_TEST,
            ActForm,
            lambda request, account, _form: start_test(request=request, account=account),
        ),
        DeskAct(
            "go-live",
            A.GO_LIVE,
            GoLiveForm,
            lambda request, account, form: go_live(
                request=request, account=account, remark=form.cleaned_data["remark"]
            ),
            asks_again=True,
        ),
        DeskAct(
            "resume",
            A.RESUME,
            WhyForm,
            lambda request, account, form: resume_request(
                request=request, account=account, why=form.cleaned_data["why"]
            ),
        ),
        DeskAct(
            "return",
            A.RETURN,
            ReturnForm,
            lambda request, account, form: return_request(
                request=request, account=account, questions=form.cleaned_data["questions"]
            ),
        ),
        DeskAct("ask-committee", A.ASK_EXTERNAL, AskCommitteeForm, _ask_committee),
        DeskAct(
            "suspend",
            A.SUSPEND,
            WhyForm,
            lambda request, account, form: suspend_request(
                request=request, account=account, why=form.cleaned_data["why"]
            ),
            asks_again=True,
        ),
        DeskAct(
            "withdraw",
            A.WITHDRAW,
            WhyForm,
            lambda request, account, form: withdraw_request(
                request=request, account=account, why=form.cleaned_data["why"]
            ),
            asks_again=True,
        ),
    )
}
SLUGS = {one.act: slug for slug, one in DESK_ACTS.items()}


def asks_again(act: DeskAct, form: ActForm) -> bool:
    """Tell whether the person is asked once more: what cannot be taken back, or stops or starts exchanges."""
    return act.asks_again or form.cleaned_data.get("outcome") == DecisionOutcome.REFUSED
