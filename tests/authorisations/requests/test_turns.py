"""Whose turn it is, who may not although others of their kind may, and what nobody may yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.as_version import Limits
from compliance.authorisations.requests.awaited import waits_for
from compliance.authorisations.requests.content import content_digest
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.external_advice import ask_external
from compliance.authorisations.requests.four_eyes import FourEyesError
from compliance.authorisations.requests.go_live import go_live, start_test
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import NotNowError
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.possible import Hindrance, Possible, possible_acts
from compliance.authorisations.requests.publish import publish
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.sign import sign, text_to_sign
from compliance.authorisations.requests.submit import submit
from compliance.authorisations.requests.text_read import TextChangedError
from compliance.authorisations.requests.vocabulary import (
    Adviser,
    DecisionOutcome,
    Opinion,
    RequestAct,
    RequestKind,
    RequestState,
)
from compliance.authorisations.requests.with_steps import with_steps
from compliance.authorisations.requests.withdraw_request import withdraw_request
from compliance.authorisations.suspend import suspend
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError, NotFoundError
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again
from tests.authorisations.requests.walking import change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
EVERYBODY = {"officer", "second-officer", "auditor", "operator", "vdab-requester", "vdab-dpo", "vmsw-requester"}


def waiting(cast: Mapping[str, Account], request: AuthorisationRequest) -> set[str]:
    """Return whose turn it is."""
    return {username for username in EVERYBODY if waits_for(again(request), cast[username])}


@pytest.mark.parametrize(
    ("standing", "turn"),
    [
        (asking.drafted, {"vdab-requester"}),
        (asking.submitted, {"vdab-dpo", "officer", "second-officer"}),
        (asking.advised, {"second-officer"}),
        (asking.granted, {"vdab-requester", "vdab-dpo", "officer", "second-officer"}),
        (asking.signed, {"officer", "second-officer"}),
        (asking.live, set()),
    ],
)
def test_a_request_waits_for_who_can_bring_it_further(
    cast: Mapping[str, Account], standing: Callable[..., AuthorisationRequest], turn: set[str]
) -> None:
    assert waiting(cast, standing(cast)) == turn


def test_whoever_signed_waits_for_the_others(cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    digest = text_to_sign(request).protocol_digest
    for username in ("officer", "second-officer", "vdab-dpo"):
        sign(request=again(request), account=cast[username], protocol_digest=digest)
    assert waiting(cast, request) == {"vdab-requester"}
    hindered = dict(possible_acts(again(request), cast["officer"]))
    assert hindered[RequestAct.SIGN] is Hindrance.SIGNED
    hindered = dict(possible_acts(again(request), asking.third_officer(cast)))
    assert hindered[RequestAct.SIGN] is Hindrance.SIDE_SIGNED


def test_advice_that_a_colleague_gave_anew_still_keeps_its_giver_from_deciding(cast: Mapping[str, Account]) -> None:
    request = asking.advised_by(cast, "vdab-dpo", "officer", "second-officer")
    for username in ("officer", "second-officer"):
        assert Possible(RequestAct.DECIDE, Hindrance.ADVISED) in possible_acts(request, cast[username])
        with pytest.raises(FourEyesError):
            decide(request=request, account=cast[username], outcome=DecisionOutcome.GRANTED, reasons="Goed.")
    third = asking.third_officer(cast)
    decide(request=request, account=third, outcome=DecisionOutcome.GRANTED, reasons="Goed.")


def test_advice_about_another_text_keeps_nobody_from_deciding(cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    return_request(request=request, account=cast["second-officer"], questions="Waarom zo lang?")
    change(again(request), cast["vdab-requester"], 1, material=True)
    submit(request=again(request), account=cast["vdab-requester"])
    for username in ("vdab-dpo", "second-officer"):
        advise(request=again(request), account=cast[username], opinion=Opinion.POSITIVE, advice="Nu wel.")
    decide(request=again(request), account=cast["officer"], outcome=DecisionOutcome.GRANTED, reasons="Goed.")


def test_nobody_advises_or_decides_on_a_text_that_they_did_not_read(cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    read = content_digest(request.said)
    return_request(request=request, account=cast["officer"], questions="Hoe heet het?")
    change(again(request), cast["vdab-requester"], 1, material=False)
    request = submit(request=again(request), account=cast["vdab-requester"])
    assert request.state == RequestState.READY
    with pytest.raises(TextChangedError):
        advise(request=request, account=cast["officer"], opinion=Opinion.NEGATIVE, advice="Neen.", read=read)
    with pytest.raises(TextChangedError):
        decide(
            request=request,
            account=cast["second-officer"],
            outcome=DecisionOutcome.REFUSED,
            reasons="Neen.",
            read=read,
        )


def test_one_committee_is_asked_at_a_time_and_once_about_a_text(cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    ask_external(request=request, account=cast["officer"], committee=Adviser.VTC, why="Gevoelig.")
    with pytest.raises(InvalidInputError):
        ask_external(request=again(request), account=cast["officer"], committee=Adviser.KSZ_COMMITTEE, why="Ook.")


@pytest.mark.parametrize("ends_on", [date(2019, 12, 31), date(2020, 1, 1)])
def test_a_decision_cannot_end_before_anything_is_allowed(cast: Mapping[str, Account], ends_on: date) -> None:
    request = asking.advised(cast)
    with pytest.raises(InvalidInputError) as refused:
        decide(
            request=request,
            account=cast["second-officer"],
            outcome=DecisionOutcome.CONDITIONAL,
            reasons="Goed.",
            conditions="Tot dan.",
            limits=Limits(ends_on=ends_on),
        )
    assert refused.value.errors[0].pointer == "/limits/ends_on"


@pytest.mark.parametrize(
    ("meanwhile", "hindrance"), [("suspended", Hindrance.SUSPENDED), ("withdrawn", Hindrance.WITHDRAWN)]
)
def test_an_amendment_does_not_go_live_over_a_suspension_or_a_withdrawal(
    cast: Mapping[str, Account], meanwhile: str, hindrance: Hindrance
) -> None:
    first = asking.live(cast)
    assert first.granted is not None
    amendment = asking.signed(cast, kind=RequestKind.AMENDMENT, of=first.granted)
    publish(request=amendment, account=cast["officer"])
    start_test(request=again(amendment), account=cast["operator"])
    if meanwhile == "withdrawn":
        withdraw_request(request=first, account=cast["vdab-requester"], why="Niet meer nodig.")
    else:
        suspend(authorisation=first.granted, suspended_from=now(), actor=cast["officer"].actor, reason="Incident")
    assert Possible(RequestAct.GO_LIVE, hindrance) in possible_acts(again(amendment), cast["operator"])
    with pytest.raises(NotNowError):
        go_live(request=again(amendment), account=cast["operator"], remark="Getest.")
    assert again(amendment).state == RequestState.IN_TEST


def test_a_draft_that_was_never_submitted_stays_the_partners_own_also_when_withdrawn(
    cast: Mapping[str, Account],
) -> None:
    request = draft_request(account=cast["vdab-requester"])
    withdraw_request(request=request, account=cast["vdab-requester"], why="Vergist.")
    for username in ("officer", "auditor", "operator", "vmsw-requester"):
        with pytest.raises(NotFoundError):
            request_for(cast[username], request.code)
    assert request_for(cast["vdab-dpo"], request.code) == request


def test_whose_turn_it_is_is_known_of_a_whole_list_in_four_queries(
    cast: Mapping[str, Account], django_assert_num_queries: Callable[..., object]
) -> None:
    for standing in (asking.submitted, asking.advised, asking.granted, asking.signed):
        standing(cast)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # requests, advice, signatures, steps
        found = list(with_steps(AuthorisationRequest.objects.visible_to(cast["second-officer"])))
        assert sum(waits_for(request, cast["second-officer"]) for request in found) == 4
