"""What was said or done about a request stays as it was said or done, and what fails leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent, RequestText
from compliance.authorisations.requests.vocabulary import RequestAct, Section
from compliance.authorisations.requests.write_message import write_message
from compliance.ledger.models import Entry
from compliance.oversight.models import Act
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again
from tests.authorisations.requests.walking import ACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

FOR_EVER = ("text", "event", "advice", "decision", "signature", "message")


@pytest.mark.django_db
@pytest.mark.parametrize("table", FOR_EVER)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_the_service_cannot_alter_what_was_said_or_done(
    cast: Mapping[str, Account], table: str, statement: str
) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), connection.cursor() as cursor:
        cursor.execute(statement.format(table=f"compliance_request{table}"))


@pytest.mark.parametrize("table", [f"request{table}" for table in FOR_EVER])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}", "TRUNCATE {table} CASCADE"])
def test_not_even_the_owner_can(owner_connection: psycopg.Connection, table: str, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(statement.format(table=f"compliance_{table}"))


@pytest.mark.parametrize("table", ["authorisationrequest", "requestattachment", "instrumentrule"])
def test_nobody_deletes_a_request(owner_connection: psycopg.Connection, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(f"DELETE FROM compliance_{table}")  # noqa: S608 - our own words


def _everything() -> tuple[object, ...]:
    counted = (RequestEvent, RequestText, Act, Entry, Authorisation, AuthorisationVersion)
    states = AuthorisationRequest.objects.order_by("pk").values_list("code", "state", "changed_at", "granted")
    return (*(model._default_manager.count() for model in counted), list(states))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "standing", "who"),
    [
        (RequestAct.SUBMIT, asking.drafted, "vdab-requester"),
        (RequestAct.ADVISE, asking.submitted, "vdab-dpo"),
        (RequestAct.RETURN, asking.advised, "officer"),
        (RequestAct.DECIDE, asking.advised, "second-officer"),
        (RequestAct.SIGN, asking.granted, "officer"),
        (RequestAct.SUSPEND, asking.live, "officer"),
        (RequestAct.WITHDRAW, asking.live, "vdab-requester"),
    ],
)  # fmt: skip
def test_what_is_rolled_back_leaves_nothing(cast: Mapping[str, Account], act: str, standing: object, who: str) -> None:
    request = standing(cast)  # type: ignore[operator]
    before = _everything()
    with transaction.atomic():
        ACTS[act](request, cast[who], 1)
        assert _everything() != before
        transaction.set_rollback(True)
    assert _everything() == before


@pytest.mark.django_db
def test_the_same_advice_twice_is_one_advice(cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    first, second = (ACTS[RequestAct.ADVISE](again(request), cast["officer"], 1) for _click in range(2))
    assert first == second
    assert request.requestevents.filter(act=RequestAct.ADVISE).count() == 1


@pytest.mark.django_db
def test_the_same_message_twice_is_one_message_and_a_later_one_is_new(cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)

    def write(message: str) -> int:
        section = Section.DATA
        return write_message(request=request, account=cast["officer"], section=section, message=message).pk

    assert write("Waarom?") == write(" Waarom? ")
    write("Of toch?")
    write("Waarom?")
    assert request.requestmessages.count() == 3
