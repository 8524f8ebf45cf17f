"""Two people at once: one of them is first, and the other is told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from compliance.authorisations.requests.begin_successor import begin_successor
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import NotNowError
from compliance.authorisations.requests.sign import sign, text_to_sign
from compliance.authorisations.requests.vocabulary import DecisionOutcome, RequestAct, RequestKind, RequestState
from compliance.kernel.errors import ComplianceError
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[ComplianceError | None]:
    """Do things in threads that start together; return what each was refused with."""
    told: list[ComplianceError | None] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def run(number: int) -> None:
        together.wait()
        try:
            acts[number]()
        except ComplianceError as error:
            told[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_of_two_officers_who_decide_at_once_one_is_first_and_the_other_is_told(cast: Mapping[str, Account]) -> None:
    request = asking.advised_by(cast, "vdab-dpo", "second-officer")
    third = asking.third_officer(cast)

    def deciding(account: Account, outcome: DecisionOutcome) -> Callable[[], object]:
        return lambda: decide(request=again(request), account=account, outcome=outcome, reasons=str(outcome.label))

    told = at_once(deciding(cast["officer"], DecisionOutcome.GRANTED), deciding(third, DecisionOutcome.REFUSED))

    assert told.count(None) == 1
    assert any(isinstance(one, NotNowError) for one in told)
    assert request.requestdecisions.count() == 1
    granted = told[0] is None
    assert again(request).state == (RequestState.GRANTED if granted else RequestState.REFUSED)


def test_a_person_who_signs_twice_at_once_has_signed_once(cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    digest = text_to_sign(request).protocol_digest

    told = at_once(
        *[lambda: sign(request=again(request), account=cast["officer"], protocol_digest=digest) for _time in range(2)]
    )

    assert told.count(None) == 1
    assert request.requestsignatures.count() == 1
    assert request.requestevents.filter(act=RequestAct.SIGN).count() == 1


def test_the_last_signatures_of_both_sides_at_once_conclude_the_protocol(cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    digest = text_to_sign(request).protocol_digest
    for username in ("officer", "vdab-dpo"):
        sign(request=again(request), account=cast[username], protocol_digest=digest)

    def signing(username: str) -> Callable[[], object]:
        return lambda: sign(request=again(request), account=cast[username], protocol_digest=digest)

    assert at_once(signing("second-officer"), signing("vdab-requester")) == [None, None]
    assert again(request).state == RequestState.SIGNED


def test_a_renewal_that_is_asked_twice_at_once_is_one_draft(cast: Mapping[str, Account]) -> None:
    request = asking.live(cast)
    begin = [
        lambda: begin_successor(request=request, account=cast["vdab-requester"], kind=RequestKind.RENEWAL)
        for _time in range(2)
    ]
    assert at_once(*begin) == [None, None]
    assert AuthorisationRequest.objects.filter(state=RequestState.DRAFT).count() == 1
