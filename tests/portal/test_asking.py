"""Asking for an authorisation is filling in a form that loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.vocabulary import Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("section", list(Section))
def test_each_step_is_a_page(client_of: ClientOf, cast: Mapping[str, Account], section: Section) -> None:
    request = draft_request(account=cast["vdab-requester"])
    client = client_of("vdab-requester")
    answer = client.get(reverse("portal-request-section", args=[request.code, section]))
    assert answer.status_code == 200
    assert client.post(reverse("portal-request-section", args=[request.code, section]), {}).status_code in {302, 409}
    for name in ("portal-requests", "portal-request-new"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("portal-request-review", args=[request.code])).status_code == 200
