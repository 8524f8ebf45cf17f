"""The pages of people and machine clients."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.urls import reverse

from compliance.access.find_client import find_client
from compliance.access.models import Account, ClientCredential, MachineClient
from compliance.api.v1.exchanges import reporter_of
from compliance.registry.history import history
from compliance.registry.models import Organisation, RegisterChange
from tests.admin.pages import SENT, errors_of, send, shown, signed_in
from tests.api.oauth import ed25519_signer
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db
NEW = "long enough, and nobody guesses it"


@pytest.fixture
def keeper(cast: Mapping[str, Account]) -> Client:
    return signed_in(cast["operator"])


def token_in(response: HttpResponse) -> str:
    found = re.search(r'<code id="token">(kbi_[A-Za-z0-9_-]{43})</code>', response.content.decode())
    assert found is not None
    return found[1]


def add_client(keeper: Client) -> Any:
    magda = Organisation.objects.get(code="MAGDA")
    address = reverse("admin:compliance_machineclient_add")
    return send(keeper, address, name="a-system", organisation=magda.pk, key="new", reason="connection")


def test_a_person_is_made_with_a_password_that_is_not_kept_in_clear(keeper: Client) -> None:
    address = reverse("admin:compliance_account_add")
    values = {"username": "third-officer", "role": "officer", "new_password": NEW, "reason": "hired"}
    assert send(keeper, address, **values).status_code == SENT
    made = Account.objects.get(username="third-officer")
    assert made.check_password(NEW)
    assert not made.is_staff
    assert not made.is_superuser
    assert history(kind="account", code="third-officer")[0].change.reason == "hired"
    assert NEW not in str(list(RegisterChange.objects.values_list("state", flat=True)))


def test_a_person_without_a_password_cannot_sign_in(keeper: Client) -> None:
    send(keeper, reverse("admin:compliance_account_add"), username="later", role="officer", reason="hired")
    assert not Account.objects.get(username="later").has_usable_password()


def test_a_weak_password_is_refused(keeper: Client) -> None:
    address = reverse("admin:compliance_account_add")
    found = errors_of(send(keeper, address, username="x", role="officer", new_password="password", reason="hired"))
    assert "new_password" in found


def test_a_password_that_stays_empty_stays_as_it_is(keeper: Client, cast: Mapping[str, Account]) -> None:
    address = reverse("admin:compliance_account_change", args=[cast["officer"].pk])
    assert send(keeper, address, first_name="Ann", reason="name").status_code == SENT
    assert Account.objects.get(username="officer").check_password(PASSWORD)
    assert "new_password" not in shown(keeper, address)


def test_a_partners_person_needs_an_organisation(keeper: Client) -> None:
    address = reverse("admin:compliance_account_add")
    assert errors_of(send(keeper, address, username="x", role="partner-dpo", reason="hired"))


def test_a_token_is_shown_once_and_never_again(keeper: Client) -> None:
    response = add_client(keeper)
    token = token_in(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert find_client(token) is not None
    client = MachineClient.objects.get(name="a-system")
    for page in ("change", "history"):
        shown_later = keeper.get(reverse(f"admin:compliance_machineclient_{page}", args=[client.pk]))
        assert token not in shown_later.content.decode()


def test_a_new_token_takes_the_place_of_the_old_one(keeper: Client) -> None:
    old = token_in(add_client(keeper))
    client = MachineClient.objects.get(name="a-system")
    address = reverse("admin:compliance_machineclient_change", args=[client.pk])
    new = token_in(send(keeper, address, key="new", reason="rotation"))
    assert find_client(old) is None
    assert find_client(new) is not None


def test_a_change_without_a_choice_keeps_the_token(keeper: Client) -> None:
    token = token_in(add_client(keeper))
    client = MachineClient.objects.get(name="a-system")
    address = reverse("admin:compliance_machineclient_change", args=[client.pk])
    partners = list(Organisation.objects.filter(counted_as_partner=True).values_list("pk", flat=True))
    assert send(keeper, address, reports_for=partners, reason="reports for partners").status_code == SENT
    found = find_client(token)
    assert found is not None
    assert "VMSW" in reporter_of(found).producers


def test_a_token_is_revoked(keeper: Client) -> None:
    token = token_in(add_client(keeper))
    client = MachineClient.objects.get(name="a-system")
    address = reverse("admin:compliance_machineclient_change", args=[client.pk])
    assert send(keeper, address, key="revoke", reason="lost").status_code == SENT
    assert find_client(token) is None


def test_keepers_choose_a_password_for_themselves(keeper: Client) -> None:
    values = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert keeper.post(reverse("admin:password_change"), values).status_code == SENT
    assert Account.objects.get(username="operator").check_password(NEW)
    assert history(kind="account", code="operator")[0].change.changed_by == "operator"


def give(keeper: Client, **values: Any) -> Any:
    """Fill in the form of a new key for a-system, which was made before."""
    client = MachineClient.objects.get(name="a-system")
    address = reverse("admin:compliance_clientcredential_add")
    return send(keeper, address, client=client.pk, label="spring", reason="rotation", **values)


def test_the_keeper_gives_a_second_key_beside_the_first(keeper: Client) -> None:
    token = token_in(add_client(keeper))
    answer = give(keeper, kind="secret")
    assert re.search(r'<code id="token">(kbs_[A-Za-z0-9_-]{43})</code>', answer.content.decode())
    assert find_client(token) is not None
    assert set(ClientCredential.objects.values_list("kind", flat=True)) == {"token", "secret"}


def test_the_keeper_pastes_a_public_key_and_a_private_one_is_not_given_back(keeper: Client) -> None:
    add_client(keeper)
    signer = ed25519_signer()
    assert give(keeper, kind="public-key", pasted=signer.pem).status_code == SENT
    private = signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    refused = give(keeper, kind="public-key", pasted=private)
    assert "pasted" in errors_of(refused)
    assert private.splitlines()[1] not in refused.content.decode()


def test_the_keeper_revokes_one_key(keeper: Client) -> None:
    token = token_in(add_client(keeper))
    kept = ClientCredential.objects.get()
    address = reverse("admin:compliance_clientcredential_change", args=[kept.pk])
    assert send(keeper, address, reason="looked again").status_code == SENT
    assert find_client(token) is not None
    assert send(keeper, address, revoke="on", reason="stolen").status_code == SENT
    assert find_client(token) is None


def test_an_end_that_has_passed_is_told(keeper: Client) -> None:
    add_client(keeper)
    answer = give(keeper, kind="secret", expires_at="2020-01-01T00:00")
    assert "expires_at" in errors_of(answer)
    assert ClientCredential.objects.count() == 1
