"""People hear in time that an authorisation ends, and the clock moves what time moves. Moments are passed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import resolve

from compliance.access.models import Account
from compliance.authorisations.ends import TOLD_AFTER, tell_of_ends
from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.authorisations.requests.as_version import Limits
from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.expire import expire_ended
from compliance.authorisations.requests.models import RequestEvent
from compliance.authorisations.requests.resume_lifted import resume_lifted
from compliance.authorisations.requests.suspend_request import suspend_request
from compliance.authorisations.requests.vocabulary import DecisionOutcome, RequestKind, RequestState
from compliance.authorisations.suspend import lift_suspension
from compliance.authorisations.withdraw import withdraw
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, now
from compliance.notices.models import Notice
from compliance.notices.sentences import sentence_of
from compliance.notices.vocabulary import NoticeKind
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again

if TYPE_CHECKING:
    from collections.abc import Mapping

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db

END = datetime(2031, 3, 1, tzinfo=BRUSSELS)
ACTOR = system("test")
DAY = timedelta(days=1)
OFFICERS = ["officer", "second-officer"]


@pytest.fixture(autouse=True)
def _nothing_else_ends(register: None) -> None:
    """Leave out what the register itself lets end near that day."""
    assert not AuthorisationVersion.objects.filter(valid_until__range=(END - 100 * DAY, END + 400 * DAY)).exists()


def ending(code: str = "ENDING", *, number: int = 1, **fields: Any) -> AuthorisationVersion:
    """Return a version of VDAB's that ends."""
    instrument, _is_new = Authorisation.objects.get_or_create(
        code=code, defaults={"kind": "protocol", "title_nl": "Titel", "title_en": "Title", "title_fr": "Titre"}
    )
    given = {
        "provider": "KBI",
        "recipients": ["VDAB"],
        "environments": ["production"],
        "valid_from": END - 1_000 * DAY,
        "valid_until": END,
        "registered_at": now(),
        "registered_by": "operator",
        "reason": "test",
    }
    return AuthorisationVersion.objects.create(authorisation=instrument, number=number, **{**given, **fields})


def told(at: datetime) -> list[str]:
    """Return who is told something at a moment."""
    return sorted(notice.recipient.username for notice in tell_of_ends(at=at))


def test_the_recipients_people_and_officers_are_told_90_30_and_7_days_before_and_at_the_end_once_each(
    cast: Cast,
) -> None:
    ending()
    everyone = sorted([*OFFICERS, "vdab-dpo", "vdab-requester"])
    last_day = END - timedelta(hours=12)
    for days in (90, 30, 7):
        assert told(last_day - (days + 1) * DAY) == []
        assert told(last_day - days * DAY) == everyone
        assert told(last_day - days * DAY + timedelta(hours=1)) == []
    assert told(END - timedelta(microseconds=1)) == []
    assert told(END) == everyone
    assert told(END + DAY) == []
    kinds = list(Notice.objects.filter(recipient=cast["vdab-dpo"]).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["authorisation-expiring"] * 3 + ["authorisation-expired"]


def test_after_a_pause_only_the_last_is_told_and_long_past_ends_are_not(cast: Cast) -> None:
    ending()
    told(END - DAY)
    assert Notice.objects.filter(recipient=cast["officer"]).count() == 1
    assert told(END + (TOLD_AFTER + 1) * DAY) == []
    assert len(told(END + (TOLD_AFTER - 1) * DAY)) == 4


@pytest.mark.parametrize(
    "fields",
    [{"valid_until": None}, {"environments": ["acceptance", "test"]}, {"valid_from": END - timedelta(hours=1)}],
)
def test_what_does_not_end_was_only_tried_or_has_not_begun_is_not_told(cast: Cast, fields: dict[str, Any]) -> None:
    ending(**fields)
    assert told(END - 5 * DAY) == []


def test_what_goes_on_in_a_later_version_does_not_end(cast: Cast) -> None:
    ending()
    ending(number=2, valid_from=END, valid_until=END + 365 * DAY)
    assert told(END - 5 * DAY) == []


def test_what_was_withdrawn_does_not_end_again(cast: Cast) -> None:
    version = ending()
    withdraw(authorisation=version.authorisation, withdrawn_from=now(), actor=ACTOR, reason="No longer needed.")
    assert told(END - 5 * DAY) == []


def test_each_reads_the_title_in_the_own_language_and_where_to_go(cast: Cast) -> None:
    Account.objects.filter(username="vdab-dpo").update(language="fr")
    ending()
    told(END - 5 * DAY)
    of_dpo, of_officer = (Notice.objects.get(recipient=cast[name]) for name in ("vdab-dpo", "officer"))
    assert (of_dpo.words["title"], of_officer.words["title"]) == ("Titre", "Titel")
    assert of_dpo.words["day"] == "2031-02-28"  # the last day on which it holds
    assert (of_dpo.words["organisation"], of_officer.words["organisation"]) == ("VDAB", "VDAB")
    of_requester = Notice.objects.get(recipient=cast["vdab-requester"])
    renewal, _hash, place = of_requester.address.partition("#")
    assert (resolve(renewal).url_name, place) == ("portal-request-new", "choice-own-ENDING")
    assert resolve(of_dpo.address).url_name == "portal-authorisation"
    assert resolve(of_officer.address).url_name == "authorisation"
    assert "ENDING" in sentence_of(NoticeKind(of_dpo.kind), of_dpo.words)


def test_a_partner_hears_nothing_of_the_others_that_an_authorisation_names(cast: Cast) -> None:
    ending(recipients=["VDAB", "VMSW", "CVO-CBE", "AHOVOKS"])
    told(END - 5 * DAY)
    words = {
        notice.recipient.username: notice.words["organisation"] for notice in Notice.objects.select_related("recipient")
    }
    assert words["vmsw-requester"] == "VMSW"
    assert words["vdab-requester"] == "VDAB"
    assert words["officer"] == "VDAB, VMSW, CVO-CBE …"


def test_another_partner_hears_nothing(cast: Cast) -> None:
    ending()
    told(END - 5 * DAY)
    assert not Notice.objects.filter(recipient__username__in=["vmsw-requester", "auditor", "nobody"]).exists()


def test_a_request_expires_with_its_authorisation_once(cast: Cast) -> None:
    request = asking.advised(cast)
    decide(
        request=request,
        account=cast["second-officer"],
        outcome=DecisionOutcome.CONDITIONAL,
        reasons="Beide adviezen zijn gunstig.",
        conditions="Tot maart 2031.",
        limits=Limits(ends_on=END.date()),
    )
    assert expire_ended(at=END - timedelta(microseconds=1)) == []
    assert [one.pk for one in expire_ended(at=END)] == [request.pk]
    assert expire_ended(at=END + DAY) == []
    assert again(request).state == RequestState.EXPIRED


def test_a_renewal_in_production_is_the_end_of_the_request_before(cast: Cast) -> None:
    first = asking.live(cast)
    asking.live(cast, kind=RequestKind.RENEWAL, of=first.granted)
    assert again(first).state == RequestState.RENEWED
    assert resume_lifted(at=now()) == expire_ended(at=now()) == []


def test_a_suspended_request_goes_on_when_the_suspension_is_lifted_in_the_register(cast: Cast) -> None:
    request = asking.live(cast)
    suspend_request(request=request, account=cast["officer"], why="Een onderzoek loopt.")
    assert request.granted is not None
    assert resume_lifted(at=now() - DAY) == resume_lifted(at=now() + 900 * DAY) == []
    lifted_from = now() + 10 * DAY
    lift_suspension(authorisation=request.granted, lifted_from=lifted_from, actor=ACTOR, reason="Het is onderzocht.")
    assert resume_lifted(at=lifted_from - timedelta(microseconds=1)) == []
    assert [one.pk for one in resume_lifted(at=lifted_from)] == [request.pk]
    assert resume_lifted(at=lifted_from + DAY) == []
    assert again(request).state == RequestState.IN_PRODUCTION
    newest = RequestEvent.objects.filter(request=request).latest("pk")
    assert (newest.act, newest.by) == ("resumed", "requests-clock")
    assert Notice.objects.filter(kind=NoticeKind.REQUEST_RESUMED, recipient=cast["officer"]).exists()
