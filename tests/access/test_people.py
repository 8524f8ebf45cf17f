"""People: their roles, what they may see, and how they are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command

from compliance.access.models import Account
from compliance.access.roles import CAPABILITIES, Capability, Role, capabilities_of
from compliance.access.set_password import set_password
from compliance.access.visible import EVERYTHING, NOTHING, Scope, scope_of, statistics_scope_of
from compliance.kernel.actor import system
from compliance.registry.change import change
from compliance.registry.models import RegisterChange
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.django_db
ACTOR = system("test")
PASSWORD = "a password of the demo"


@pytest.mark.parametrize(
    ("username", "exchanges", "statistics"),
    [
        ("officer", EVERYTHING, EVERYTHING),
        ("second-officer", EVERYTHING, EVERYTHING),
        ("auditor", EVERYTHING, EVERYTHING),
        ("operator", NOTHING, EVERYTHING),
        ("vdab-requester", Scope(organisation="VDAB"), Scope(organisation="VDAB")),
        ("vdab-dpo", Scope(organisation="VDAB"), Scope(organisation="VDAB")),
        ("vmsw-requester", Scope(organisation="VMSW"), Scope(organisation="VMSW")),
        ("nobody", NOTHING, NOTHING),
    ],
)
def test_each_of_the_cast_sees_what_the_role_allows(
    cast: Mapping[str, Account], username: str, exchanges: Scope, statistics: Scope
) -> None:
    assert scope_of(cast[username]) == exchanges
    assert statistics_scope_of(cast[username]) == statistics


def test_who_has_not_signed_in_sees_nothing() -> None:
    assert scope_of(AnonymousUser()) == statistics_scope_of(AnonymousUser()) == NOTHING


def test_who_has_left_sees_nothing(cast: Mapping[str, Account]) -> None:
    cast["officer"].is_active = False
    assert scope_of(cast["officer"]) == NOTHING


def test_a_scope_admits_only_what_it_says() -> None:
    vdab = Scope(organisation="VDAB")
    assert vdab.admits("KBI", "VDAB")
    assert not vdab.admits("KBI", "VMSW")
    assert not vdab.admits("")
    assert not NOTHING.admits("", "KBI")
    assert NOTHING.nothing
    assert EVERYTHING.admits("KBI")


def test_every_role_has_its_capabilities() -> None:
    assert set(CAPABILITIES) == set(Role)
    assert capabilities_of("administrator") == frozenset()


def test_only_operators_keep_the_register() -> None:
    assert [role for role in Role if Capability.KEEP_REGISTER in capabilities_of(role)] == [Role.OPERATOR]


def test_whoever_keeps_the_register_sees_no_exchanges() -> None:
    assert not CAPABILITIES[Role.OPERATOR] & {Capability.SEE_ALL_EXCHANGES, Capability.REVEAL_IDENTITIES}


def test_a_partners_person_without_organisation_is_refused(register: None) -> None:
    with pytest.raises(ValidationError):
        set_password(
            account=Account(username="lost", role=Role.PARTNER_DPO), password=PASSWORD, actor=ACTOR, reason="new"
        )


def test_a_new_password_is_a_version_that_does_not_hold_it(cast: Mapping[str, Account]) -> None:
    before = current_revision()
    set_password(account=cast["officer"], password=PASSWORD, actor=ACTOR, reason="forgotten")
    last = RegisterChange.objects.get(pk=current_revision())
    assert last.pk > before
    assert last.reason == "forgotten"
    said = {"username", "role", "organisation", "administers", "is_active", "is_staff", "is_superuser"}
    assert set(last.state) == said


def test_a_change_of_role_is_a_version(cast: Mapping[str, Account]) -> None:
    cast["nobody"].role = Role.AUDITOR
    version = change(instance=cast["nobody"], actor=ACTOR, reason="appointed").version
    assert version == 2


def test_making_the_cast_again_changes_nothing(register: None, capsys: pytest.CaptureFixture[str]) -> None:
    made = []
    for _time in (1, 2):
        call_command("create_demo_people", password=PASSWORD, json=True)
        made.append((json.loads(capsys.readouterr().out), current_revision()))
    (first, revision), (second, revision_again) = made
    assert (first["changed"], second["changed"], second["token"]) == (8, 0, None)
    assert revision == revision_again


def test_the_demo_password_may_come_from_the_environment(
    register: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KBI_DEMO_PASSWORD", PASSWORD)
    call_command("create_demo_people")
    assert PASSWORD in capsys.readouterr().out
    assert Account.objects.get(username="officer").check_password(PASSWORD)
