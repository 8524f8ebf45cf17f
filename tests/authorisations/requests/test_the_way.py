"""The way of a request: from a draft to production, and what the verdict makes of it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.requests.decide import decide
from compliance.authorisations.requests.models import RequestEvent
from compliance.authorisations.requests.vocabulary import DecisionOutcome, RequestKind, RequestState
from compliance.kernel.errors import ForbiddenError
from compliance.oversight.models import Act
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db


def test_a_request_goes_from_draft_to_production(cast: Mapping[str, Account]) -> None:
    request = asking.live(cast)

    assert request.state == RequestState.IN_PRODUCTION
    assert [event.act for event in request.requestevents.all()] == [
        "drafted", "submitted", "advised", "advised", "decided", "signed", "signed", "signed", "signed",
        "published", "test-started", "went-live",
    ]  # fmt: skip


def test_every_step_is_an_entry_of_the_ledger(cast: Mapping[str, Account]) -> None:
    request = asking.live(cast)

    entries = list(RequestEvent.objects.filter(request=request).values_list("entry", flat=True))
    acts = Act.objects.filter(id__in=entries, object_id=request.uid)
    assert acts.count() == len(entries) == 12


def test_what_is_granted_may_be_tried_at_once_and_used_only_in_production(cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    assert request.granted is not None
    assert [version.environments for version in request.granted.versions.all()] == [["acceptance", "test"]]

    live = asking.live(cast)
    assert live.granted is not None
    newest = live.granted.versions.order_by("-number").first()
    assert newest is not None
    assert newest.environments == ["production", "acceptance", "test"]


def test_nobody_decides_what_they_advised(cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    with pytest.raises(ForbiddenError):
        decide(request=request, account=cast["officer"], outcome=DecisionOutcome.GRANTED, reasons="Goed.")
    assert again(request).state == RequestState.READY


def test_an_amendment_leaves_what_stands_alone_until_it_is_in_production(cast: Mapping[str, Account]) -> None:
    first = asking.live(cast)
    assert first.granted is not None
    amendment = asking.granted(cast, kind=RequestKind.AMENDMENT, of=first.granted)
    assert amendment.granted is not None
    assert amendment.granted.code == f"{first.granted.code}-P{amendment.pk}"
    assert first.granted.versions.count() == 2


def test_a_renewal_in_production_ends_the_request_before_it(cast: Mapping[str, Account]) -> None:
    first = asking.live(cast)
    renewal = asking.live(cast, kind=RequestKind.RENEWAL, of=first.granted)
    assert again(first).state == RequestState.RENEWED
    assert renewal.granted == first.granted
