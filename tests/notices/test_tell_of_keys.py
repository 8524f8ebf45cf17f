"""Who keeps a system hears in time that its key ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import resolve

from compliance.access.add_secret import add_secret
from compliance.access.close_client import close_client
from compliance.access.register_client import register_client
from compliance.access.revoke_credential import revoke_credential
from compliance.access.scopes import Scope
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS
from compliance.notices.models import Notice
from compliance.notices.tell_of_keys import tell_of_keys
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account, ClientCredential, MachineClient

pytestmark = pytest.mark.django_db
END = datetime(2031, 3, 1, 12, tzinfo=BRUSSELS)
DAY = timedelta(days=1)
ACTOR = system("test")


@pytest.fixture
def client(cast: Mapping[str, Account]) -> MachineClient:
    """Return a system of VDAB's."""
    organisation = Organisation.objects.get(code="VDAB")
    return register_client(
        organisation=organisation, name="gateway", scopes=[Scope.EXCHANGES_REPORT], actor=ACTOR, reason="test"
    )


def key(client: MachineClient, expires_at: datetime | None = END) -> ClientCredential:
    """Give it a key that ends."""
    return add_secret(client=client, label="", expires_at=expires_at, actor=ACTOR, reason="test").credential


def told(at: datetime) -> list[str]:
    """Return who is told at a moment."""
    return sorted(notice.recipient.username for notice in tell_of_keys(at=at))


def test_who_keeps_it_and_operators_are_told_30_7_and_1_days_before_once_each(client: MachineClient) -> None:
    key(client)
    for days in (30, 7, 1):
        assert told(END - days * DAY - timedelta(seconds=1)) == []
        assert told(END - days * DAY) == ["operator", "vdab-requester"]
        assert told(END - days * DAY) == []
    assert told(END) == []
    places = {notice.recipient.username: resolve(notice.address).url_name for notice in Notice.objects.all()}
    assert places == {"operator": "clients", "vdab-requester": "portal-client"}


def test_a_key_that_was_revoked_replaced_or_never_ends_is_not_told(client: MachineClient) -> None:
    first = key(client)
    second = key(client, END + 300 * DAY)
    assert told(END - DAY) == []
    revoke_credential(credential=second, actor=ACTOR, reason="test")
    assert told(END - DAY) == ["operator", "vdab-requester"]
    revoke_credential(credential=first, actor=ACTOR, reason="test")
    key(client, None)
    assert told(END - timedelta(hours=1)) == []


def test_keys_of_a_closed_system_are_not_told(client: MachineClient) -> None:
    key(client)
    close_client(client=client, actor=ACTOR, reason="test")
    assert told(END - DAY) == []
