"""An administrator keeps the people of the own organisation: nobody else's, and never the own rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.oversight.models import Act
from compliance.registry.history import history
from compliance.registry.models import RegisterChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
NEW = "long enough, and nobody guesses it"
WHY = "works here since May"


def invited(client: Client, **changes: str) -> Any:
    """Fill in the form of an invitation."""
    values = {"name": "an.peeters", "first_name": "An", "last_name": "Peeters", "email": "", "role": "partner-dpo"}
    return client.post(reverse("portal-person-new"), {**values, "reason": WHY, **changes})


def link_in(text: str) -> str:
    """Return the path of the link that stands in a page or a mail."""
    found = re.search(r"http://testserver(/password/[A-Za-z0-9_/-]+)", text)
    assert found is not None
    return found[1]


def choose(path: str, password: str = NEW) -> Any:
    """Open a link and choose a password, in a browser of one's own."""
    client = Client()
    form = client.get(path, follow=True)
    if not form.redirect_chain:
        return form
    return client.post(form.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})


def signs_in(username: str, password: str) -> bool:
    """Tell whether somebody comes in through the door."""
    client = Client()
    client.post(reverse("login"), {"username": username, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("username", ["vdab-requester", "vmsw-requester"])
def test_an_administrator_may_keep_people_and_the_others_may_not(cast: Mapping[str, Account], username: str) -> None:
    assert cast[username].may(Capability.KEEP_OWN_PEOPLE)
    for other in ("officer", "auditor", "operator", "vdab-dpo", "nobody"):
        assert not cast[other].may(Capability.KEEP_OWN_PEOPLE)


def test_the_flag_without_an_organisation_or_an_open_account_is_worth_nothing() -> None:
    assert not Account(administers=True).may(Capability.KEEP_OWN_PEOPLE)
    assert not Account(administers=True, organisation_id=1, is_active=False).may(Capability.KEEP_OWN_PEOPLE)


def test_who_is_invited_chooses_a_password_that_nobody_else_learns(client_of: ClientOf) -> None:
    answer = invited(client_of("vdab-requester"))
    account = Account.objects.get(username="vdab.an.peeters")
    assert (account.role, str(account.organisation)) == ("partner-dpo", "VDAB")
    assert not account.administers
    path = link_in(answer.content.decode())
    assert choose(path).status_code == 302
    assert signs_in("vdab.an.peeters", NEW)
    again = choose(path)
    assert (again.status_code, b"new_password1" in again.content) == (200, False)
    step = history(kind="account", code="vdab.an.peeters")[-1].change
    assert (step.changed_by, step.reason) == ("vdab-requester", WHY)
    kinds = list(Act.objects.filter(actor="vdab-requester").values_list("kind", flat=True))
    assert sorted(kinds) == ["password-link:made", "person:changed"]
    assert NEW not in str(list(RegisterChange.objects.values_list("state", flat=True)))


def test_with_an_address_the_link_is_mailed_and_shown_to_nobody(client_of: ClientOf) -> None:
    answer = invited(client_of("vdab-requester"), email="an@vdab.example")
    assert "/password/" not in answer.content.decode()
    (sent,) = mail.outbox
    assert sent.to == ["an@vdab.example"]
    assert choose(link_in(str(sent.body))).status_code == 302
    assert signs_in("vdab.an.peeters", NEW)


def test_a_weak_password_is_refused_and_the_link_still_works(client_of: ClientOf) -> None:
    path = link_in(invited(client_of("vdab-requester")).content.decode())
    assert choose(path, "password").status_code == 200
    assert choose(path).status_code == 302


def test_a_link_of_an_account_that_was_closed_since_is_worth_nothing(client_of: ClientOf) -> None:
    keeper = client_of("vdab-requester")
    path = link_in(invited(keeper).content.decode())
    number = Account.objects.get(username="vdab.an.peeters").pk
    keeper.post(reverse("portal-person-access", args=[number]), {"reason": WHY})
    assert choose(path).status_code == 200
    assert not signs_in("vdab.an.peeters", NEW)


@pytest.mark.parametrize("role", ["officer", "operator", "auditor", "", "root"])
def test_no_invitation_gives_a_role_of_the_keepers_of_the_bank(client_of: ClientOf, role: str) -> None:
    assert invited(client_of("vdab-requester"), role=role).status_code == 200
    assert not Account.objects.filter(username="vdab.an.peeters").exists()


@pytest.mark.parametrize("extra", ["administers", "is_superuser", "is_staff", "organisation"])
def test_what_the_form_does_not_ask_cannot_be_slipped_in(client_of: ClientOf, extra: str) -> None:
    invited(client_of("vdab-requester"), **{extra: "1"})
    made = Account.objects.get(username="vdab.an.peeters")
    assert not any((made.administers, made.is_superuser, made.is_staff))
    assert str(made.organisation) == "VDAB"


@pytest.mark.parametrize("changes", [{"name": "An Peeters"}, {"email": "an@"}, {"reason": ""}, {"name": ""}], ids=str)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    client_of: ClientOf, changes: dict[str, str]
) -> None:
    answer = invited(client_of("vdab-requester"), **changes)
    html = answer.content.decode()
    assert 'class="errorlist"' in html
    assert "Peeters" in html


def test_a_name_that_another_organisation_has_is_free_here(client_of: ClientOf) -> None:
    assert link_in(invited(client_of("vdab-requester")).content.decode())
    assert link_in(invited(client_of("vmsw-requester")).content.decode())
    again = invited(client_of("vmsw-requester"))
    assert "Your organisation has an account of this name already" in again.content.decode()


def test_a_closed_account_is_out_from_the_next_request_on_and_comes_back(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    keeper, colleague = client_of("vdab-requester"), client_of("vdab-dpo")
    address = reverse("portal-person-access", args=[cast["vdab-dpo"].pk])
    assert colleague.get("/portal/").status_code == 200
    assert keeper.post(address, {"reason": "left"}).status_code == 302
    assert colleague.get("/portal/").status_code == 302
    assert keeper.post(address, {"reason": "came back", "wanted": "open"}).status_code == 302
    assert client_of("vdab-dpo").get("/portal/").status_code == 200


def test_another_role_holds_from_the_next_request_on(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    address = reverse("portal-person-role", args=[cast["vdab-dpo"].pk])
    client_of("vdab-requester").post(address, {"role": "partner-requester", "reason": "another job"})
    assert Account.objects.get(username="vdab-dpo").role == "partner-requester"
    assert client_of("vdab-requester").post(address, {"role": "operator", "reason": "another job"}).status_code == 200
    assert Account.objects.get(username="vdab-dpo").role == "partner-requester"


def test_nobody_keeps_the_own_rights(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    keeper, number = client_of("vdab-requester"), cast["vdab-requester"].pk
    for name in ("role", "access", "password-link"):
        values = {"reason": "for myself", "role": "partner-dpo"}
        assert keeper.post(reverse(f"portal-person-{name}", args=[number]), values).status_code == 403
    page = keeper.get(reverse("portal-person", args=[number])).content.decode()
    assert "Somebody else keeps your rights" in page
    assert Account.objects.get(pk=number).role == "partner-requester"


def test_a_colleague_of_another_organisation_does_not_exist(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    stranger = client_of("vmsw-requester")
    for number in (cast["vdab-dpo"].pk, cast["officer"].pk, 999_999):
        assert stranger.get(reverse("portal-person", args=[number])).status_code == 404
        for name in ("role", "access", "password-link"):
            address = reverse(f"portal-person-{name}", args=[number])
            assert stranger.get(address).status_code == 404
            assert stranger.post(address, {"reason": "curious", "role": "partner-dpo"}).status_code == 404
    assert "vdab" not in stranger.get(reverse("portal-people")).content.decode().lower()
    assert cast["vdab-dpo"].role == Account.objects.get(username="vdab-dpo").role
