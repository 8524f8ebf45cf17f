"""Detectors on screen: how they look, and how that changes by two people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.parameter_words import NAMES, UNITS
from compliance.detection.titles import TITLES
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.standing import standing_of
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

PAGE = "/detectors/same-person-again/"
PROPOSAL = {
    "enabled": "on",
    "since": "2016-03-01",
    "until": "2016-03-31",
    "reason": "Counsellors see their clients each week",
}


def _propose(client: Client, **changes: str) -> int:
    offered = client.get(PAGE).content.decode()
    fields = dict(re.findall(r'name="(parameter-[a-z_]+)" value="([^"]*)"', offered))
    return client.post(PAGE, PROPOSAL | fields | changes).status_code


def test_every_detector_has_a_title() -> None:
    assert set(DETECTORS) == set(TITLES)


def test_every_parameter_and_unit_has_words() -> None:
    parameters = [parameter for detector in DETECTORS.values() for parameter in detector.parameters]
    assert {one.name for one in parameters} == set(NAMES)
    assert {one.unit for one in parameters} == set(UNITS)


def test_all_detectors_are_told_with_how_they_stand(cast: object, client_of: ClientOf) -> None:
    body = client_of("auditor").get("/detectors/").content.decode()
    assert all(f"/detectors/{name}/" in body for name in DETECTORS)


def test_a_change_is_proposed_by_one_and_put_in_force_by_another(cast: object, client_of: ClientOf) -> None:
    officer, second = client_of("officer"), client_of("second-officer")
    assert _propose(officer, **{"parameter-days": "40"}) == 302
    change = DetectorChange.objects.get()
    assert change.parameters == {"days": 40.0}
    DetectorChange.objects.update(state=ChangeState.TRIED, tried_at=now(), kept=7, added=1, missed=["a" * 32])
    own = officer.get(PAGE).content.decode()
    assert "put-in-force" not in own
    assert "Take it back" in own
    assert "No decided case would have been missed." in own
    address = f"{PAGE}{change.uid}"
    assert officer.post(address, {"put-in-force": "", "reason": "I want it to be so"}).status_code == 403
    assert second.post(address, {"put-in-force": "", "reason": "It misses nothing of note"}).status_code == 302
    assert standing_of("same-person-again").parameters == {"days": 40.0}


def test_what_cannot_be_set_comes_back_beside_its_field(cast: object, client_of: ClientOf) -> None:
    officer = client_of("officer")
    assert _propose(officer, **{"parameter-days": "0"}) == 200
    assert _propose(officer, until="2999-01-01") == 200
    assert not DetectorChange.objects.exists()


def test_an_auditor_proposes_nothing(cast: object, client_of: ClientOf) -> None:
    auditor = client_of("auditor")
    assert "proposal-reason" not in auditor.get(PAGE).content.decode()
    assert auditor.post(PAGE, PROPOSAL).status_code in {200, 403}
    assert not DetectorChange.objects.exists()
