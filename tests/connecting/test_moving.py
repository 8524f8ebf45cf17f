"""A partner goes from analysis to production step by step: who may move it, what must hold, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from compliance.connecting.arrange import arrange
from compliance.connecting.authorised import authorised_for
from compliance.connecting.begin import BegunBeforeError, begin
from compliance.connecting.checklist import checklist, is_complete
from compliance.connecting.confirm import confirm
from compliance.connecting.go_back import go_back
from compliance.connecting.models import Connection, ConnectionMove
from compliance.connecting.move import MovedMeanwhileError, NotAllowedNowError
from compliance.connecting.plan_step import plan_step
from compliance.connecting.say_ready import say_ready
from compliance.connecting.sides import own_connections
from compliance.connecting.vocabulary import Check, MoveKind, Step
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.oversight.models import Act
from compliance.registry.change import change
from compliance.registry.models import ConnectionPeriod, RegisterChange, Route
from tests.connecting.partners import (
    OCMW,
    OTHER_VENDOR,
    VENDOR,
    WHY,
    authorised,
    begun,
    brought_to,
    organisation,
    passed,
    person_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db
NOT_OPERATORS = ("officer", "second-officer", "auditor", "vdab-requester", "vdab-dpo", "vmsw-requester", "nobody")


def test_a_connection_begins_in_its_analysis_with_four_steps_to_go(cast: Cast) -> None:
    one = begun(cast)
    assert (one.step, one.connected_on) == (Step.ANALYSIS, None)
    assert [step.step for step in one.steps.all()] == list(Step)
    move = one.moves.get()
    assert (move.kind, move.actor, move.reason) == (MoveKind.BEGUN, "operator", WHY)
    act = Act.objects.get(id=move.act)
    assert (act.kind, act.object_id, act.actor, act.reason) == ("connection:begun", one.pk, "operator", WHY)


def test_a_partner_is_begun_once(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(BegunBeforeError):
        begin(
            organisation=organisation(OCMW), route=Route.objects.get(code="MAGDA"), account=cast["operator"], reason=WHY
        )


@pytest.mark.parametrize("username", NOT_OPERATORS)
def test_nobody_but_an_operator_begins(cast: Cast, username: str) -> None:
    with pytest.raises(ForbiddenError):
        begin(
            organisation=organisation(OCMW), route=Route.objects.get(code="MAGDA"), account=cast[username], reason=WHY
        )
    assert not Connection.objects.exists()


def test_a_vendor_without_a_mandate_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInputError) as refused:
        begin(
            organisation=organisation(OCMW),
            route=Route.objects.get(code="MAGDA-KSZ"),
            vendor=organisation(VENDOR),
            account=cast["operator"],
            reason=WHY,
        )
    assert refused.value.errors[0].pointer == "/vendor"


def test_step_by_step_to_production_which_writes_the_period_of_connection(cast: Cast) -> None:
    authorised()
    one = brought_to(begun(cast), Step.PRODUCTION, cast)
    yesterday = now().date() - timedelta(days=1)
    before = RegisterChange.objects.count()
    one = confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY, done_on=yesterday)
    assert one.connected_on == yesterday
    period = ConnectionPeriod.objects.get(organisation=one.organisation)
    assert (period.route, period.connected_from, period.connected_until) == (one.route, yesterday, None)
    written = RegisterChange.objects.order_by("-id").first()
    assert RegisterChange.objects.count() == before + 1
    assert written is not None
    assert (written.kind, written.changed_by, written.reason) == ("connectionperiod", "operator", WHY)
    assert [step.done_on is not None for step in one.steps.all()] == [True] * 4


def test_who_is_in_production_is_not_put_there_again(cast: Cast) -> None:
    authorised()
    one = brought_to(begun(cast), Step.PRODUCTION, cast)
    confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY)
    with pytest.raises(NotAllowedNowError):
        confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY)
    assert ConnectionPeriod.objects.filter(organisation=one.organisation).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"environments": ("acceptance",)},
        {"route": "MAGDA"},
        {"code": "OCMW-11001"},
    ],
    ids=["another environment", "another route", "another organisation"],
)
def test_no_production_without_an_authorisation_that_names_it(cast: Cast, wrong: dict[str, str]) -> None:
    authorised(**wrong)  # type: ignore[arg-type]  # one of its own arguments each
    one = brought_to(begun(cast), Step.PRODUCTION, cast)
    with pytest.raises(NotAllowedNowError) as refused:
        confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY)
    assert [error.code for error in refused.value.errors] == ["authorisation"]
    assert not ConnectionPeriod.objects.filter(organisation=one.organisation).exists()


def test_an_authorisation_that_is_named_must_be_the_one_in_force(cast: Cast) -> None:
    authorised()
    one = begun(cast)
    other = arrange(
        connection=one,
        route=one.route,
        vendor=one.vendor,
        authorisation="VTC-VB-2014-01",
        account=cast["operator"],
        reason=WHY,
    )
    assert authorised_for(one, environment="production", at=now())
    assert not authorised_for(other, environment="production", at=now())


def test_tests_are_passed_when_every_check_is(cast: Cast) -> None:
    one = brought_to(begun(cast), Step.TESTS_PASSED, cast)
    for check in Check:
        with pytest.raises(NotAllowedNowError) as refused:
            say_ready(connection=one, seen=Step.TESTS_PASSED, account=cast["operator"])
        assert [error.code for error in refused.value.errors] == ["checklist"]
        with pytest.raises(NotAllowedNowError) as refused:
            confirm(connection=one, seen=Step.TESTS_PASSED, account=cast["operator"], reason=WHY)
        assert [error.code for error in refused.value.errors] == ["checklist"]
        passed(one, check)
    assert is_complete(one)
    say_ready(connection=one, seen=Step.TESTS_PASSED, account=person_of(OCMW))
    assert confirm(connection=one, seen=Step.TESTS_PASSED, account=cast["operator"], reason=WHY).step == Step.PRODUCTION


def test_a_partner_and_its_vendor_say_ready_and_an_operator_confirms(cast: Cast) -> None:
    one = begun(cast)
    ready = say_ready(connection=one, seen=Step.ANALYSIS, account=person_of(OCMW), remark="Our part is done")
    assert (ready.ready_by, ready.done_on) == (f"{OCMW.lower()}-requester", None)
    with pytest.raises(ForbiddenError):
        confirm(connection=one, seen=Step.ANALYSIS, account=person_of(OCMW), reason=WHY)
    one = confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    say_ready(connection=one, seen=Step.ACCEPTANCE, account=person_of(VENDOR))
    assert [move.kind for move in one.moves.all()] == ["ready", "confirmed", "ready", "begun"]


@pytest.mark.parametrize("code", [OTHER_VENDOR, "VMSW", "VDAB", "OCMW-11001"])
def test_to_others_a_connection_does_not_exist(cast: Cast, code: str) -> None:
    one = begun(cast)
    stranger = person_of(code)
    assert not own_connections(stranger, at=now()).exists()
    with pytest.raises(NotFoundError):
        say_ready(connection=one, seen=Step.ANALYSIS, account=stranger)


@pytest.mark.parametrize("username", NOT_OPERATORS)
def test_nobody_but_an_operator_moves_on_or_back(cast: Cast, username: str) -> None:
    one = brought_to(begun(cast), Step.ACCEPTANCE, cast)
    with pytest.raises((ForbiddenError, NotFoundError)):
        confirm(connection=one, seen=Step.ACCEPTANCE, account=cast[username], reason=WHY)
    with pytest.raises((ForbiddenError, NotFoundError)):
        go_back(connection=one, seen=Step.ACCEPTANCE, to=Step.ANALYSIS, account=cast[username], reason=WHY)
    with pytest.raises((ForbiddenError, NotFoundError)):
        plan_step(connection=one, step=Step.ACCEPTANCE, account=cast[username])


def test_a_vendor_whose_mandate_ended_sees_the_partner_no_more(cast: Cast) -> None:
    one = begun(cast)
    vendor = person_of(VENDOR)
    assert one in own_connections(vendor, at=now())
    mandate = one.organisation.mandates_given.get(processor__code=VENDOR)
    mandate.valid_until = now().date()
    change(instance=mandate, actor=cast["operator"].actor, reason=WHY)
    assert one not in own_connections(vendor, at=now())


def test_who_looked_at_an_earlier_step_moves_nothing(cast: Cast) -> None:
    one = begun(cast)
    confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    with pytest.raises(MovedMeanwhileError):
        confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)


def test_going_back_asks_for_a_reason_and_undoes_the_steps_and_the_checks(cast: Cast) -> None:
    one = brought_to(begun(cast), Step.PRODUCTION, cast)
    with pytest.raises(InvalidInputError):
        go_back(connection=one, seen=Step.PRODUCTION, to=Step.ACCEPTANCE, account=cast["operator"], reason="no")
    why = "The vendor replaced its connector"
    one = go_back(connection=one, seen=Step.PRODUCTION, to=Step.ACCEPTANCE, account=cast["operator"], reason=why)
    assert one.step == Step.ACCEPTANCE
    assert [step.done_on is not None for step in one.steps.all()] == [True, False, False, False]
    assert all(state.passed_at is None for state in checklist(one))
    passed(one, Check.COVERED)
    assert [state.check for state in checklist(one) if state.passed_at] == [Check.COVERED]


def test_going_back_from_production_ends_the_period_and_going_on_begins_another(cast: Cast) -> None:
    authorised()
    one = brought_to(begun(cast), Step.PRODUCTION, cast)
    week_ago = now().date() - timedelta(days=7)
    one = confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY, done_on=week_ago)
    one = go_back(connection=one, seen=Step.PRODUCTION, to=Step.TESTS_PASSED, account=cast["operator"], reason=WHY)
    assert one.connected_on is None
    ended = ConnectionPeriod.objects.get(organisation=one.organisation)
    assert ended.connected_until is not None
    passed(one)
    one = confirm(connection=one, seen=Step.TESTS_PASSED, account=cast["operator"], reason=WHY)
    one = confirm(connection=one, seen=Step.PRODUCTION, account=cast["operator"], reason=WHY)
    periods = list(ConnectionPeriod.objects.filter(organisation=one.organisation).order_by("connected_from"))
    assert [period.connected_until is None for period in periods] == [False, True]
    assert periods[1].connected_from >= periods[0].connected_until  # type: ignore[operator]  # it has one, as seen


def test_a_step_has_a_day_and_somebody_responsible(cast: Cast) -> None:
    one = begun(cast)
    day = now().date() - timedelta(days=3)
    plan_step(
        connection=one,
        step=Step.ANALYSIS,
        account=cast["operator"],
        planned_on=day,
        responsible_name="Head of social services",
        remark="Waits for the manual",
    )
    step = one.steps.get(step=Step.ANALYSIS)
    assert (step.planned_on, step.responsible_name, step.remark) == (
        day,
        "Head of social services",
        "Waits for the manual",
    )
    assert list(Connection.objects.late(now().date())) == [one]
    confirm(connection=one, seen=Step.ANALYSIS, account=cast["operator"], reason=WHY)
    assert not Connection.objects.late(now().date()).exists()


def test_a_remark_holds_no_national_number(cast: Cast) -> None:
    with pytest.raises(InvalidInputError):
        plan_step(connection=begun(cast), step=Step.ANALYSIS, account=cast["operator"], remark="about 46419900128")


@pytest.mark.parametrize("table", ["connection", "connectionstep", "connectionmove", "passedcheck"])
def test_nothing_of_it_is_ever_deleted(table: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM compliance_{table}")  # noqa: S608 - our own words


def test_what_was_moved_stays_as_it_was(cast: Cast) -> None:
    begun(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        ConnectionMove.objects.update(reason="another")
