"""The cast: the same people and the same system in every test and in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.access import find_credential
from compliance.access.demo_people import create_gateway, create_people
from compliance.access.models import Account
from compliance.authorisations import snapshot
from compliance.registry import working_days

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSWORD = "a password that only tests use"


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process remembers by revision: a fresh clone of the database counts revisions again."""
    find_credential.credential_at.cache_clear()
    find_credential.credential_numbered.cache_clear()
    working_days.closing_days_at.cache_clear()
    monkeypatch.setattr(snapshot, "_latest", None)


@pytest.fixture
def register(db: None) -> None:
    """Ask for the register of the KBI's own world, which the template database holds."""


@pytest.fixture
def cast(register: None) -> Mapping[str, Account]:
    """Return the people by user name: officer, second-officer, auditor, operator, vdab-requester, …."""
    create_people(password=PASSWORD)
    return {account.username: account for account in Account.objects.select_related("organisation")}


@pytest.fixture
def magda_gateway_token(register: None) -> str:
    """Return the token with which magda-gateway reports for the bank and all partners."""
    token = create_gateway()
    assert token is not None
    return token
