"""The first operator of an installation comes from the command line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from compliance.access.models import Account
from compliance.registry.models import RegisterChange

pytestmark = pytest.mark.usefixtures("register")
PASSWORD = "correct horse battery staple"


def create(*arguments: str) -> None:
    """Run the command."""
    call_command("create_account", *arguments, "--reason", "Installation of the service.")


def test_the_first_operator_can_sign_in_and_that_it_was_made_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBI_ACCOUNT_PASSWORD", PASSWORD)
    create("first-operator", "--role", "operator")

    account = Account.objects.get(username="first-operator")
    assert account.role == "operator"
    assert account.check_password(PASSWORD)
    assert RegisterChange.objects.latest("id").changed_by == "system:create_account"
    assert PASSWORD not in str(RegisterChange.objects.latest("id").state)
    client = Client()
    client.force_login(account)
    assert client.get("/register/").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (["officer-2", "--role", "officer"], "short"),
        (["requester-2", "--role", "partner-requester"], PASSWORD),
        (["requester-3", "--role", "partner-dpo", "--organisation", "NIEMAND"], PASSWORD),
    ],
)
def test_what_is_wrong_makes_no_account(monkeypatch: pytest.MonkeyPatch, arguments: list[str], password: str) -> None:
    monkeypatch.setenv("KBI_ACCOUNT_PASSWORD", password)
    before = Account.objects.count()
    with pytest.raises(CommandError):
        create(*arguments)
    assert Account.objects.count() == before
