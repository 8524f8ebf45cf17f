"""The example requests of the demo, told through the real verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.requests.check_content import check_content
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.kernel.clock import now
from compliance.simulation.requests import tell_requests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db


def test_the_examples_stand_at_different_places_of_the_way_once(cast: Mapping[str, Account]) -> None:
    assert tell_requests() == 4
    assert tell_requests() == 0
    states = {(one.organisation.code, one.state) for one in AuthorisationRequest.objects.all()}
    assert states == {
        ("VDAB", RequestState.IN_PRODUCTION),
        ("VDAB", RequestState.READY),
        ("VMSW", RequestState.RETURNED),
        ("VMSW", RequestState.DRAFT),
    }


def test_what_an_example_says_is_complete_and_in_the_register(cast: Mapping[str, Account]) -> None:
    tell_requests()
    for request in AuthorisationRequest.objects.exclude(state=RequestState.DRAFT):
        check_content(request.said, at=now())
