"""The register is checked as a whole, too."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from django.core.management import call_command

from compliance.authorisations.check_authorisations import authorisation_problems
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS, now
from compliance.registry.change import change
from compliance.registry.check_register import problems
from compliance.registry.models import ConnectionPeriod, ControllerPeriod, LegalBasis, Organisation, Service

pytestmark = pytest.mark.django_db
ACTOR = system("test")


def test_nothing_is_wrong_with_what_is_delivered() -> None:
    assert list(problems()) == []
    assert list(authorisation_problems(moment=now())) == []
    assert list(authorisation_problems(moment=datetime(2016, 7, 1, tzinfo=BRUSSELS))) == []


def test_a_gap_between_controllers_is_found() -> None:
    last = ControllerPeriod.objects.get(valid_until=None)
    last.valid_from = date(2016, 7, 20)
    change(instance=last, actor=ACTOR, reason="mistake")
    assert [problem.kind for problem in problems()] == ["controllerperiod"]


def test_a_partner_that_was_never_connected_is_found() -> None:
    partner = Organisation.objects.get(code="OCMW-LEUVEN")
    partner.counted_as_partner = True
    change(instance=partner, actor=ACTOR, reason="too early")
    assert [problem[:2] for problem in problems()] == [("organisation", "OCMW-LEUVEN")]


def test_a_service_that_gives_nothing_is_found() -> None:
    change(instance=Service.objects.get(code="RR-IMPORT"), actor=ACTOR, reason="emptied", many={"categories": []})
    assert [problem[:2] for problem in problems()] == [("service", "RR-IMPORT/1.0")]


def test_connections_that_overlap_are_found() -> None:
    standing = ConnectionPeriod.objects.get(organisation__code="VDAB")
    second = ConnectionPeriod(organisation=standing.organisation, route=standing.route, connected_from=date(2020, 1, 1))
    change(instance=second, actor=ACTOR, reason="mistake")
    assert [problem[:2] for problem in problems()] == [("connectionperiod", str(second.pk))]


def test_the_command_fails_when_a_version_in_force_names_law_that_has_ended(
    capsys: pytest.CaptureFixture[str],
) -> None:
    basis = LegalBasis.objects.get(code="VWO-2007")
    basis.valid_until = date(2026, 1, 1)
    change(instance=basis, actor=ACTOR, reason="repealed")
    with pytest.raises(SystemExit):
        call_command("check_register", json=True)
    found = json.loads(capsys.readouterr().out)
    assert {"PROT-VB-2018-02/1", "PROT-VB-2018-03/1"} <= {problem["code"] for problem in found}
