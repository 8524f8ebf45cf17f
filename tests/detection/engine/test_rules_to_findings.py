"""From the API to a finding: what breaks a rule is reported as anything else, and comes out in a sentence."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.detectors.rules.listed import RULES
from compliance.detection.dossiers.list_test_persons import ForTests, list_test_persons
from compliance.detection.in_force import InForce
from compliance.detection.models import Finding
from compliance.detection.sentences import sentence
from compliance.kernel.actor import system
from compliance.simulation.numbers import synthetic_insz
from tests.detection.engine.worlds import DAY, MONDAY, detect_all
from tests.exchanges.world import fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("world")]
Send = Any


@pytest.fixture
def send(
    client: Client, magda_gateway_token: str, put_in_force: Callable[[InForce], None]
) -> Callable[[str, list[dict[str, Any]]], None]:
    """Return a function that posts to the API as magda-gateway; rules are what looks."""
    put_in_force(InForce(detectors={one.id: DETECTORS[one.id] for one in RULES}))

    def post(url: str, told: list[dict[str, Any]]) -> None:
        answer = client.post(
            f"/api/v1/{url}",
            json.dumps(told),
            "application/json",
            headers={"Authorization": f"Bearer {magda_gateway_token}"},
        )
        assert answer.status_code in {200, 201}, answer.content

    return post


def _told(number: int, at: datetime, *, person: int = 1, **changes: Any) -> dict[str, Any]:
    usual = {
        "message_reference": f"M-{number}",
        "started_at": at.isoformat(),
        "producer_sequence": None,
        "dossier": None,
        "asker": {"organisation": "VDAB", "user": {"kind": "local", "value": "u-1"}},
        "subjects": [{"kind": "insz", "value": synthetic_insz(person)}],
    }
    return fields(**{**usual, **changes})


def _sentences() -> dict[str, str]:
    with override("en"):
        return {row.detector: sentence(row.detector, row.facts) for row in Finding.objects.order_by("detector")}


def test_broken_rules_are_found_in_what_the_api_took_in(send: Send) -> None:
    night = MONDAY.replace(hour=21)
    list_test_persons(listed=[ForTests(application="Proefloket")], actor=system("test"))
    send(
        "exchanges",
        [
            _told(1, MONDAY, purpose="ANDERS"),
            _told(2, MONDAY, categories_requested=["GEZONDHEID"], categories_delivered=["GEZONDHEID"]),
            _told(3, MONDAY, decision="0199e1a0-0000-7000-8000-000000000000"),
            _told(4, night),
            _told(5, night + timedelta(minutes=5), person=2),
            _told(6, MONDAY, producer_sequence=10),
            _told(7, MONDAY + timedelta(minutes=1), producer_sequence=13),
            _told(8, MONDAY, asker={"organisation": "VDAB", "application": "Proefloket"}, trigger="automatic"),
            _told(1, MONDAY + timedelta(hours=1), purpose="ANDERS"),
        ],
    )
    detect_all()
    assert _sentences() == {
        "category-beyond": "VDAB got from KBI-TRAJECT once what its authorisation does not name: GEZONDHEID.",
        "no-cover": "VDAB used KBI-TRAJECT 2 times for a purpose that its authorisation does not name.",
        "off-hours": "A user of VDAB looked persons up 2 times outside office hours, without an explanation.",
        "quoted-decision": "VDAB quoted a decision once over KBI-TRAJECT that we never gave.",
        "replayed-reference": "One message of KBI about KBI-TRAJECT came again at another moment.",
        "sequence-gap": "2 numbers of KBI never came (11-12): exchanges that were not reported.",
        "test-in-production": "A test application of VDAB used KBI-TRAJECT once in production.",
    }


def test_a_dossier_that_is_told_explains_and_one_that_was_closed_accuses(send: Send) -> None:
    night = MONDAY.replace(hour=21)
    look_ups = [_told(n, night + timedelta(minutes=n), person=n) for n in (1, 2, 3)]
    send("exchanges", look_ups)
    usual = {"partner": "VDAB", "dossier": "D-1", "opened": "2015-01-05"}
    dossiers = [usual | {"person": {"value": synthetic_insz(person)}} for person in (1, 2, 3)]
    send("dossiers", [one | {"closed": "2015-06-01"} for one in dossiers])
    detect_all()
    assert set(_sentences()) == {"off-hours", "invalid-dossier"}
    assert "dossiers were closed long before" in _sentences()["invalid-dossier"]
    send("dossiers", dossiers)
    send("exchanges", [_told(9, MONDAY - DAY)])
    detect_all()
    assert not Finding.objects.exclude(state="gone").filter(detector="invalid-dossier").exists()
