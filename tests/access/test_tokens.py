"""Machine clients come in by a token, of which only the hash is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from compliance.access.find_client import find_client
from compliance.access.issue_token import issue_token
from compliance.access.models import ClientCredential, MachineClient
from compliance.access.revoke_token import revoke_token
from compliance.api.v1.exchanges import reporter_of
from compliance.kernel.actor import system
from compliance.kernel.errors import InvalidInputError
from compliance.registry.accountability import MissingReasonError
from compliance.registry.history import history
from compliance.registry.models import Organisation, RegisterChange

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
ACTOR = system("test")


def client_of(code: str, name: str = "a-system") -> MachineClient:
    return MachineClient(name=name, organisation=Organisation.objects.get(code=code))


def test_a_token_has_the_form_by_which_leaks_are_found() -> None:
    token = issue_token(client=client_of("VDAB"), actor=ACTOR, reason="connection")
    assert re.fullmatch(r"kbi_[A-Za-z0-9_-]{43}", token)


def test_a_client_is_found_by_its_token_and_by_no_other(magda_gateway_token: str) -> None:
    found = find_client(magda_gateway_token)
    assert found is not None
    assert (found.name, found.organisation.code) == ("magda-gateway", "MAGDA")
    for other in ("", "kbi_", magda_gateway_token[:-1], magda_gateway_token + "A", "kbi_" + "A" * 43):
        assert find_client(other) is None


def test_the_token_itself_is_kept_nowhere(magda_gateway_token: str) -> None:
    kept = bytes(ClientCredential.objects.get(client__name="magda-gateway").digest)
    assert magda_gateway_token.encode() not in kept
    states = RegisterChange.objects.filter(kind="clientcredential").values_list("state", flat=True)
    assert states
    assert magda_gateway_token not in str(list(states))
    assert kept.hex() not in str(list(states))


def test_a_new_token_ends_the_one_before(magda_gateway_token: str) -> None:
    client = MachineClient.objects.get(name="magda-gateway")
    second = issue_token(client=client, actor=ACTOR, reason="rotation")
    assert find_client(magda_gateway_token) is None
    assert find_client(second) is not None
    newest = client.credentials.get(revoked_at=None)
    assert history(kind="clientcredential", code=str(newest.pk))[0].change.reason == "rotation"


def test_a_revoked_client_is_no_longer_let_in(magda_gateway_token: str) -> None:
    assert find_client(magda_gateway_token) is not None
    client = MachineClient.objects.get(name="magda-gateway")
    revoke_token(client=client, actor=ACTOR, reason="lost laptop")
    assert find_client(magda_gateway_token) is None


def test_finding_a_client_again_costs_one_query(
    magda_gateway_token: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    find_client(magda_gateway_token)
    with django_assert_num_queries(1):
        found = find_client(magda_gateway_token)
        assert found is not None
        assert "VDAB" in reporter_of(found).producers
        assert found.actor.organisation == "MAGDA"


def test_a_client_reports_for_whom_it_may(magda_gateway_token: str) -> None:
    gateway = MachineClient.objects.get(name="magda-gateway")
    assert all(code in reporter_of(gateway).producers for code in ("KBI", "VDAB", "VMSW", "OCMW-GENT", "DISCIMUS"))
    assert "LEVERANCIER-A" not in reporter_of(gateway).producers
    own = client_of("VDAB")
    issue_token(client=own, actor=ACTOR, reason="connection")
    assert "VDAB" in reporter_of(own).producers
    assert "VMSW" not in reporter_of(own).producers


def test_a_weak_token_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        issue_token(client=client_of("VDAB"), actor=ACTOR, reason="connection", token="secret")
    assert not MachineClient.objects.exists()


def test_a_token_without_a_reason_is_refused() -> None:
    with pytest.raises(MissingReasonError):
        issue_token(client=client_of("VDAB"), actor=ACTOR, reason="  ")
    assert not MachineClient.objects.exists()


def test_the_command_prints_the_token_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("issue_token", "vdab-batch", organisation="VDAB", reports_for=["VDAB"], reason="connection")
    found = find_client(capsys.readouterr().out.strip())
    assert found is not None
    assert "VDAB" in reporter_of(found).producers


def test_the_command_names_an_unknown_organisation() -> None:
    with pytest.raises(CommandError, match="NOBODY"):
        call_command("issue_token", "x", organisation="NOBODY", reason="connection")


def test_the_demo_gateway_keeps_the_token_it_was_given(
    cast: dict[str, Account], capsys: pytest.CaptureFixture[str]
) -> None:
    token = "kbi_" + "d" * 43
    for _time in (1, 2):
        call_command("create_demo_people", password="a password of the demo", token=token)
        assert find_client(token) is not None
    assert RegisterChange.objects.filter(kind="machineclient").count() == 1
