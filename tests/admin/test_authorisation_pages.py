"""The pages of authorisations: a form in fields for the next version, and nothing that changes one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.kernel.clock import BRUSSELS
from compliance.registry.history import history
from compliance.registry.revision import current_revision
from tests.admin.pages import SENT, errors_of, send, shown, signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
ADD = "admin:compliance_authorisationversion_add"


@pytest.fixture
def keeper(cast: Mapping[str, Account]) -> Client:
    return signed_in(cast["operator"])


def next_version_of(code: str) -> str:
    return f"{reverse(ADD)}?authorisation={Authorisation.objects.get(code=code).pk}"


def a_protocol(**changes: Any) -> dict[str, Any]:
    return {
        "code": "PROT-2027-01",
        "kind": "protocol",
        "title_nl": "Protocol",
        "title_en": "Protocol",
        "title_fr": "Protocole",
        "provider": "KBI",
        "recipients": ["VDAB"],
        "purposes": ["JOB-MEDIATION"],
        "services": ["KBI-TRAJECT", "KBI-DOSSIER/2.0"],
        "categories": ["IDENTIFICATION"],
        "legal_bases": ["VDAB-2004"],
        "routes": ["MAGDA"],
        "environments": ["production"],
        "valid_from": "2027-01-01T00:00",
        "reason": "signed",
        **changes,
    }


def test_a_new_instrument_begins_with_its_first_version(keeper: Client) -> None:
    page = keeper.get(reverse("admin:compliance_authorisation_add"))
    assert page.headers["Location"] == reverse(ADD)
    assert send(keeper, reverse(ADD), **a_protocol()).status_code == SENT
    version = AuthorisationVersion.objects.get(authorisation__code="PROT-2027-01")
    assert version.services == ["KBI-TRAJECT", "KBI-DOSSIER/2.0"]
    assert version.valid_from == datetime(2027, 1, 1, tzinfo=BRUSSELS)
    assert version.conditions == {}
    assert (version.registered_by, version.reason) == ("operator", "signed")


def test_conditions_are_filled_in_as_fields(keeper: Client) -> None:
    conditions = {
        "weekdays": ["5", "1"],
        "hours_from": "07:00",
        "ceiling_week": "1",
        "ceiling_day": "100000",
        "user_groups": "counsellor\n\n desk \n",
    }
    assert send(keeper, reverse(ADD), **a_protocol(**conditions)).status_code == SENT
    assert AuthorisationVersion.objects.get(authorisation__code="PROT-2027-01").conditions == {
        "hours": {"weekdays": [1, 5], "from": "07:00", "until": "24:00"},
        "ceilings": [{"count": 100000, "period": "day"}, {"count": 1, "period": "week"}],
        "user_groups": ["counsellor", "desk"],
    }


@pytest.mark.parametrize("code", ["VTC-VB-2014-03", "VTC-VB-2015-02", "PROT-VB-2018-01", "VTC-VB-2011-01"])
def test_the_next_version_is_filled_in_like_the_last_one(keeper: Client, code: str) -> None:
    last = AuthorisationVersion.objects.filter(authorisation__code=code).latest("number")
    response = send(keeper, next_version_of(code), valid_from="2027-01-01T00:00", reason="extended")
    assert response.status_code == SENT
    made = AuthorisationVersion.objects.filter(authorisation__code=code).latest("number")
    assert made.number == last.number + 1
    for field in ("provider", "purposes", "services", "categories", "legal_bases", "routes", "environments"):
        assert sorted(getattr(made, field)) == sorted(getattr(last, field))
    assert made.recipients == last.recipients
    assert made.conditions == last.conditions
    assert history(kind="authorisation", code=code)[0].change.reason == "extended"


def test_period_and_reason_are_asked_anew(keeper: Client) -> None:
    values = shown(keeper, next_version_of("VTC-VB-2014-01"))
    assert not {"valid_from", "valid_until", "reason"} & values.keys()
    found = errors_of(send(keeper, next_version_of("VTC-VB-2014-01")))
    assert set(found) == {"valid_from", "reason"}


def test_a_code_is_not_used_twice(keeper: Client) -> None:
    before = current_revision()
    found = errors_of(send(keeper, reverse(ADD), **a_protocol(code="VTC-VB-2014-01")))
    assert set(found) == {"code"}
    assert current_revision() == before


def test_a_version_that_somebody_registered_meanwhile_is_noticed(keeper: Client) -> None:
    address = next_version_of("VTC-VB-2014-01")
    mine = shown(keeper, address)
    send(keeper, address, valid_from="2027-01-01T00:00", reason="extended")
    response = keeper.post(address, {**mine, "valid_from": "2028-01-01T00:00", "reason": "mine"})
    assert set(errors_of(response)) == {"__all__"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "no capitals"}, "code"),
        ({"recipients": ["NOBODY"]}, "recipients"),
        ({"categories": []}, "categories"),
        ({"valid_until": "2026-01-01T00:00"}, "valid_until"),
        ({"hours_from": "07:00"}, "weekdays"),
        ({"weekdays": ["1"], "hours_from": "19:00", "hours_until": "07:00"}, "hours_until"),
        ({"weekdays": ["8"]}, "weekdays"),
        ({"ceiling_day": "0"}, "ceiling_day"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_wrong_is_explained_at_its_field(keeper: Client, wrong: dict[str, Any], field: str) -> None:
    assert field in errors_of(send(keeper, reverse(ADD), **a_protocol(**wrong)))
    assert not Authorisation.objects.filter(code="PROT-2027-01").exists()


def test_a_version_and_its_instrument_can_only_be_looked_at(keeper: Client) -> None:
    version = AuthorisationVersion.objects.get(authorisation__code="VTC-VB-2014-03", number=1)
    address = reverse("admin:compliance_authorisationversion_change", args=[version.pk])
    page = keeper.get(address).content.decode()
    assert "huurconsulent" in page
    assert keeper.post(address, a_protocol()).status_code == 403
    instrument = reverse("admin:compliance_authorisation_change", args=[version.authorisation_id])
    assert next_version_of("VTC-VB-2014-03") in keeper.get(instrument).content.decode()
    assert keeper.post(instrument, {"title_nl": "x"}).status_code == 403


def test_a_withdrawal_asks_when_and_why(keeper: Client) -> None:
    authorisation = Authorisation.objects.get(code="PROT-VB-2018-01")
    address = f"{reverse('admin:compliance_authorisationwithdrawal_add')}?authorisation={authorisation.pk}"
    assert set(errors_of(send(keeper, address))) == {"withdrawn_from", "reason"}
    assert send(keeper, address, withdrawn_from="2027-01-01T00:00", reason="abused").status_code == SENT
    assert authorisation.withdrawal.reason == "abused"
    assert authorisation.withdrawal.registered_by == "operator"
    again = send(keeper, address, authorisation=authorisation.pk, withdrawn_from="2028-01-01T00:00", reason="again")
    assert "authorisation" in errors_of(again)


def test_a_suspension_asks_when_and_why_and_is_lifted_from_the_page_of_its_instrument(keeper: Client) -> None:
    authorisation = Authorisation.objects.get(code="PROT-VB-2018-01")
    instrument = reverse("admin:compliance_authorisation_change", args=[authorisation.pk])
    address = f"{reverse('admin:compliance_authorisationsuspension_add')}?authorisation={authorisation.pk}"
    assert address in keeper.get(instrument).content.decode()
    assert set(errors_of(send(keeper, address))) == {"suspended_from", "reason"}
    assert send(keeper, address, suspended_from="2027-01-01T00:00", reason="a breach").status_code == SENT
    suspension = authorisation.suspensions.get()
    assert (suspension.reason, suspension.registered_by) == ("a breach", "operator")
    again = send(keeper, address, authorisation=authorisation.pk, suspended_from="2028-01-01T00:00", reason="again")
    assert "authorisation" in errors_of(again)

    lifting = f"{reverse('admin:compliance_suspensionlifting_add')}?suspension={suspension.pk}"
    assert lifting in keeper.get(instrument).content.decode()
    assert set(errors_of(send(keeper, lifting))) == {"lifted_from", "reason"}
    assert set(errors_of(send(keeper, lifting, lifted_from="2026-12-31T00:00", reason="early"))) == {"lifted_from"}
    assert send(keeper, lifting, lifted_from="2027-02-01T00:00", reason="mended").status_code == SENT
    assert suspension.lifting.registered_by == "operator"
    assert address in keeper.get(instrument).content.decode()
