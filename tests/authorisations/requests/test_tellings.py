"""Each step of a request is told to the people whom the table names, and to nobody else, in the step's transaction."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
import pytest
from django.db import transaction
from django.urls import reverse

from compliance.authorisations.requests.advise import advise
from compliance.authorisations.requests.content import content_digest
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.external_advice import ask_external, record_external
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.save_section import save_section
from compliance.authorisations.requests.states import TABLE
from compliance.authorisations.requests.submit import submit
from compliance.authorisations.requests.suspend_request import resume_request, suspend_request
from compliance.authorisations.requests.tellings import TELLINGS
from compliance.authorisations.requests.vocabulary import (
    Adviser,
    DecisionOutcome,
    Opinion,
    RequestAct,
    RequestState,
    Section,
)
from compliance.authorisations.requests.withdraw_request import withdraw_request
from compliance.authorisations.requests.write_message import write_message
from compliance.notices.models import Notice
from compliance.notices.sentences import places_of, sentence_of
from compliance.notices.vocabulary import NoticeKind
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db

WHY = "Zo staat het in beide adviezen."


def told_since(last: int = 0) -> dict[str, set[str]]:
    """Return who was told what, by kind."""
    told = defaultdict(set)
    for notice in Notice.objects.filter(pk__gt=last).select_related("recipient"):
        told[notice.kind].add(notice.recipient.username)
    return dict(told)


def last() -> int:
    """Return the newest notice."""
    return Notice.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def test_every_step_of_the_table_of_states_names_its_audience() -> None:
    steps = {(row.act, target) for row in TABLE for target in row.targets}
    assert set(TELLINGS) == steps | {(RequestAct.DRAFT, RequestState.DRAFT)}


def test_what_is_told_names_the_request() -> None:
    for tellings in TELLINGS.values():
        assert all({"code", "title"} <= places_of(telling.kind) for telling in tellings)


OFFICERS = {"officer", "second-officer"}
VDAB = {"vdab-requester", "vdab-dpo"}


def test_from_draft_to_production_each_hears_what_concerns_them(cast: Cast) -> None:
    asking.live(cast)
    told = defaultdict(list)
    for notice in Notice.objects.order_by("pk").select_related("recipient"):
        told[notice.recipient.username].append(notice.kind)
    assert dict(told) == {
        "vdab-requester": [
            "advice-given", "advice-given", "request-granted", "signature-asked", "request-signed",
            "protocol-published", "request-in-test", "request-in-production",
        ],
        "vdab-dpo": [
            "advice-asked", "advice-given", "request-granted", "signature-asked", "request-signed",
            "protocol-published", "request-in-test", "request-in-production",
        ],
        "officer": [
            "advice-asked", "advice-given", "request-granted", "signature-asked", "request-signed",
            "request-in-test", "request-in-production",
        ],
        "second-officer": [
            "advice-asked", "advice-given", "advice-given", "request-ready",
            "protocol-published", "request-in-test", "request-in-production",
        ],
        "operator": ["protocol-published"],
    }  # fmt: skip


def test_another_partners_people_and_those_who_only_look_on_hear_nothing(cast: Cast) -> None:
    request = asking.live(cast)
    write_message(request=request, account=cast["vdab-requester"], section=None, message="Een geheim van VDAB.")
    suspend_request(request=request, account=cast["officer"], why=WHY)
    recipients = set(Notice.objects.values_list("recipient__username", flat=True))
    assert recipients == {*VDAB, *OFFICERS, "operator"}


def test_a_step_that_is_rolled_back_tells_nobody(cast: Cast) -> None:
    class UndoneError(Exception):
        pass

    request = asking.drafted(cast)
    with suppress(UndoneError), transaction.atomic():
        submit(request=request, account=cast["vdab-requester"])
        assert Notice.objects.exists()
        raise UndoneError
    assert not Notice.objects.exists()


def test_each_reads_the_request_at_the_own_door_and_in_whole_sentences(cast: Cast) -> None:
    request = asking.live(cast)
    for notice in Notice.objects.select_related("recipient"):
        door = "portal-request" if notice.recipient.organisation_id else "request"
        assert notice.address == reverse(door, args=[request.code])
        assert request.code in sentence_of(NoticeKind(notice.kind), notice.words)


def _changed(request: AuthorisationRequest, account: Account) -> AuthorisationRequest:
    """Change what advice is about."""
    standing = request.said.data
    wanted = msgspec.structs.replace(standing, categories=standing.categories[:1])
    return save_section(
        request=request, section=Section.DATA, part=wanted, account=account, based_on=content_digest(standing)
    )


def test_after_a_material_change_those_who_advised_are_asked_again(cast: Cast) -> None:
    request = asking.submitted(cast)
    advise(request=request, account=cast["vdab-dpo"], opinion=Opinion.POSITIVE, advice=WHY)
    before = last()
    return_request(request=again(request), account=cast["officer"], questions="Waarom het traject?")
    assert told_since(before) == {"request-returned": {"vdab-requester"}}
    before = last()
    submit(request=_changed(again(request), cast["vdab-requester"]), account=cast["vdab-requester"])
    assert told_since(before) == {"material-change": {"vdab-dpo"}, "advice-asked": OFFICERS}


def test_advice_that_still_stands_is_not_asked_again(cast: Cast) -> None:
    request = asking.advised(cast)
    return_request(request=request, account=cast["second-officer"], questions="Klopt de titel?")
    before = last()
    submit(request=again(request), account=cast["vdab-requester"])
    # The officer advised, and hence does not decide.
    assert told_since(before) == {"request-submitted": {"vdab-dpo"}, "request-ready": {"second-officer"}}


def test_a_committees_advice_is_told_and_then_who_can_decide(cast: Cast) -> None:
    request = asking.advised(cast)
    before = last()
    ask_external(request=request, account=cast["officer"], committee=Adviser.VTC, why=WHY)
    assert told_since(before) == {"external-advice-asked": {*VDAB, "second-officer"}}
    before = last()
    record_external(
        request=again(request), account=cast["officer"], opinion=Opinion.POSITIVE, advice=WHY, reference="VTC/A/2026/1"
    )
    assert told_since(before) == {
        "external-advice-given": {*VDAB, "second-officer"},
        "request-ready": {"second-officer"},
    }


@pytest.mark.parametrize(
    ("outcome", "kinds"),
    [
        (DecisionOutcome.GRANTED, {"request-granted", "signature-asked"}),
        (DecisionOutcome.CONDITIONAL, {"request-granted-with-conditions", "signature-asked"}),
        (DecisionOutcome.REFUSED, {"request-refused"}),
    ],
)
def test_a_decision_is_told_as_it_was_taken(cast: Cast, outcome: DecisionOutcome, kinds: set[str]) -> None:
    request = asking.advised(cast)
    before = last()
    decide(request=request, account=cast["second-officer"], outcome=outcome, reasons=WHY, conditions="Enkel overdag.")
    told = told_since(before)
    assert set(told) == kinds
    assert told[min(kinds - {"signature-asked"})] == {*VDAB, "officer"}


def test_a_suspension_and_its_end_are_told_to_everyone_around(cast: Cast) -> None:
    request = asking.live(cast)
    before = last()
    suspend_request(request=request, account=cast["officer"], why=WHY)
    resume_request(request=again(request), account=cast["second-officer"], why=WHY)
    assert told_since(before) == {
        "request-suspended": {*VDAB, "second-officer", "operator"},
        "request-resumed": {*VDAB, "officer", "operator"},
    }


def test_of_a_draft_only_the_partner_hears(cast: Cast) -> None:
    request = draft_request(account=cast["vdab-requester"])
    write_message(request=request, account=cast["vdab-requester"], section=None, message="Nog aan te vullen.")
    assert told_since() == {"thread-message": {"vdab-dpo"}}
    before = last()
    withdraw_request(request=request, account=cast["vdab-requester"], why="Toch niet nodig.")
    assert told_since(before) == {"request-withdrawn": {"vdab-dpo"}}
    assert "—" in sentence_of(NoticeKind.REQUEST_WITHDRAWN, Notice.objects.latest("pk").words)


def test_of_a_request_that_was_submitted_the_keeper_hears_that_it_is_withdrawn(cast: Cast) -> None:
    request = asking.submitted(cast)
    before = last()
    withdraw_request(request=request, account=cast["vdab-requester"], why="Toch niet nodig.")
    assert told_since(before) == {"request-withdrawn": {"vdab-dpo", *OFFICERS, "operator"}}


def test_a_question_is_told_to_the_other_side_and_its_answer_to_all(cast: Cast) -> None:
    request = asking.submitted(cast)
    before = last()
    question = write_message(
        request=request, account=cast["officer"], section=Section.DATA, message="Waarom?", is_question=True
    )
    assert told_since(before) == {"question-asked": VDAB}
    before = last()
    write_message(
        request=request, account=cast["vdab-requester"], section=None, message="Omdat het moet.", answers=question
    )
    assert told_since(before) == {"question-answered": {"vdab-dpo", *OFFICERS}}
    before = last()
    write_message(request=request, account=cast["vdab-dpo"], section=None, message="En wij?", is_question=True)
    assert told_since(before) == {"question-asked": OFFICERS}
    before = last()
    write_message(request=request, account=cast["vdab-dpo"], section=None, message="Een opmerking.")
    assert told_since(before) == {"thread-message": {"vdab-requester", *OFFICERS}}
