"""A gateway reads what a version allows, of those for whom it acts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.api.gate import client_of_partner

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

URL = reverse("api-policy", args=["VTC-VB-2014-01", 1])


def test_a_gateway_reads_the_policy_of_those_for_whom_it_acts(client: Client, magda_gateway_token: str) -> None:
    answer = client.get(URL, headers={"Authorization": f"Bearer {magda_gateway_token}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert json.loads(answer.content)["dct:identifier"] == "VTC-VB-2014-01/1"


def test_a_version_that_is_not_there_is_not_found(client: Client, magda_gateway_token: str) -> None:
    for code, number in (("VTC-VB-2014-01", 99), ("NO-SUCH", 1)):
        answer = client.get(
            reverse("api-policy", args=[code, number]), headers={"Authorization": f"Bearer {magda_gateway_token}"}
        )
        assert answer.status_code == 404


def test_anothers_version_looks_the_same_as_none(client: Client, register: None) -> None:
    token = client_of_partner("VMSW")
    there, nowhere = (
        client.get(reverse("api-policy", args=[code, 1]), headers={"Authorization": f"Bearer {token}"})
        for code in ("VTC-VB-2014-01", "NO-SUCH")
    )
    assert there.status_code == nowhere.status_code == 404
    assert there.json()["detail"] == nowhere.json()["detail"]
