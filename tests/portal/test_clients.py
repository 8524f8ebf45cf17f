"""An administrator keeps the systems of the own organisation: what each may do, and its keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.urls import reverse

from compliance.access.models import ClientCredential, MachineClient
from compliance.access.scopes import Scope
from compliance.oversight.models import Act
from compliance.registry.history import history
from compliance.registry.models import RegisterChange
from tests.api.oauth import ask, basic, bearer, ed25519_signer, make_client

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
WHY = {"reason": "connection to production"}
KEYS = {"label": "spring", "expires_on": ""}


def made(client: Client, name: str = "batch", **changes: Any) -> Any:
    """Fill in the form of a new system."""
    values = {"name": name, "scopes": ["exchanges:report", "receipts:check"], **WHY}
    return client.post(reverse("portal-client-new"), {**values, **changes})


def given(client: Client, kind: str, **values: str) -> Any:
    """Give vdab.batch a key."""
    return client.post(reverse("portal-key-new", args=["vdab.batch", kind]), {**KEYS, **WHY, **values})


def secret_in(answer: Any) -> str:
    found = re.search(r'id="secret">(kbs_[A-Za-z0-9_-]{43})<', answer.content.decode())
    assert found is not None
    return found[1]


def test_a_system_is_made_gets_a_secret_and_comes_in(client_of: ClientOf, client: Client) -> None:
    keeper = client_of("vdab-requester")
    assert made(keeper)["Location"] == reverse("portal-client", args=["vdab.batch"])
    answer = given(keeper, "secret")
    secret = secret_in(answer)
    assert "no-store" in answer["Cache-Control"]
    token = ask(client, basic("vdab.batch", secret)).json()["access_token"]
    assert client.post("/api/v1/receipts/check", b"[]", "application/json", headers=bearer(token)).status_code != 401
    for page in ("portal-client", "portal-clients"):
        args = ["vdab.batch"] if page == "portal-client" else []
        assert secret not in keeper.get(reverse(page, args=args)).content.decode()
    assert secret not in str(list(RegisterChange.objects.values_list("state", flat=True)))


def test_each_step_is_kept_with_who_when_and_why(client_of: ClientOf) -> None:
    keeper = client_of("vdab-requester")
    made(keeper)
    given(keeper, "secret")
    number = ClientCredential.objects.get().pk
    keeper.post(reverse("portal-key-revoking", args=["vdab.batch", number]), {"reason": "stolen laptop"})
    keeper.post(reverse("portal-client-scopes", args=["vdab.batch"]), {"scopes": ["receipts:check"], **WHY})
    keeper.post(reverse("portal-client-closing", args=["vdab.batch"]), {"reason": "not used any more"})
    revoked = history(kind="clientcredential", code=str(number))[0].change
    assert (revoked.changed_by, revoked.reason) == ("vdab-requester", "stolen laptop")
    assert [step.change.version for step in history(kind="machineclient", code="vdab.batch")] == [3, 2, 1]
    acts = list(Act.objects.filter(actor="vdab-requester").order_by("at").values_list("kind", flat=True))
    assert acts == ["client:changed", "key:added", "key:revoked", "client:changed", "client:closed"]


def test_a_revoked_key_is_shut_out_at_once(client_of: ClientOf, client: Client) -> None:
    keeper = client_of("vdab-requester")
    made(keeper)
    secret = secret_in(given(keeper, "secret"))
    assert ask(client, basic("vdab.batch", secret)).status_code == 200
    number = ClientCredential.objects.get().pk
    keeper.post(reverse("portal-key-revoking", args=["vdab.batch", number]), {"reason": "stolen"})
    assert ask(client, basic("vdab.batch", secret)).status_code == 401


def test_a_public_key_is_pasted_and_a_private_one_is_never_given_back(client_of: ClientOf) -> None:
    keeper, signer = client_of("vdab-requester"), ed25519_signer()
    made(keeper)
    pem = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    refused = given(keeper, "public-key", public_key=pem, label="kept label")
    html = refused.content.decode()
    assert "This is a private key" in html
    assert pem.splitlines()[1] not in html
    assert "kept label" in html
    assert given(keeper, "public-key", public_key=signer.pem).status_code == 302
    assert ClientCredential.objects.get().kind == "public-key"


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("secret", {"expires_on": "2020-01-01"}, "The end has passed"),
        ("public-key", {"public_key": "hello"}, "This is no public key"),
        ("certificate", {"certificate": "hello"}, "This is no certificate"),
        ("secret", {"reason": ""}, "errorlist"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    client_of: ClientOf, kind: str, values: dict[str, str], sentence: str
) -> None:
    keeper = client_of("vdab-requester")
    made(keeper)
    answer = given(keeper, kind, **values)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not ClientCredential.objects.exists()


@pytest.mark.parametrize("kind", ["token", "root", ""])
def test_only_keys_that_are_offered_are_given(client_of: ClientOf, kind: str) -> None:
    keeper = client_of("vdab-requester")
    made(keeper)
    address = f"/portal/clients/vdab.batch/keys/{kind or 'x'}/"
    assert keeper.post(address, {**KEYS, **WHY}).status_code == 404


def test_a_scope_that_there_is_not_or_that_may_not_be_had_is_refused(client_of: ClientOf) -> None:
    keeper = client_of("vdab-requester")
    assert made(keeper, scopes=["root"]).status_code == 200
    assert made(keeper, scopes=[]).status_code == 200
    assert not MachineClient.objects.exists()


def test_no_form_lets_a_system_report_for_another_organisation(client_of: ClientOf) -> None:
    made(client_of("vdab-requester"), reports_for="1", organisation="1")
    client = MachineClient.objects.get()
    assert (str(client.organisation), client.reports_for.count()) == ("VDAB", 0)
    assert client.granted == {Scope.EXCHANGES_REPORT, Scope.RECEIPTS_CHECK}


def test_another_organisations_system_does_not_exist(client_of: ClientOf) -> None:
    made(client_of("vdab-requester"))
    given(client_of("vdab-requester"), "secret")
    number = ClientCredential.objects.get().pk
    make_client("own", "VMSW")
    stranger = client_of("vmsw-requester")
    for name in ("vdab.batch", "no.such"):
        for address in (
            reverse("portal-client", args=[name]),
            reverse("portal-client-scopes", args=[name]),
            reverse("portal-client-closing", args=[name]),
            reverse("portal-key-new", args=[name, "secret"]),
            reverse("portal-key-revoking", args=[name, number]),
        ):
            assert stranger.get(address).status_code == 404
            assert stranger.post(address, {"scopes": ["receipts:check"], **KEYS, **WHY}).status_code in {404, 405}
    through_own = reverse("portal-key-revoking", args=["vmsw.own", number])
    assert stranger.post(through_own, WHY).status_code == 404
    assert "vdab" not in stranger.get(reverse("portal-clients")).content.decode().lower()
    assert ClientCredential.objects.get().revoked_at is None


def test_the_operator_sees_the_systems_of_all(client_of: ClientOf) -> None:
    make_client("batch", "VDAB")
    make_client("own", "VMSW")
    page = client_of("operator").get(reverse("clients")).content.decode()
    assert "vdab.batch" in page
    assert "vmsw.own" in page
