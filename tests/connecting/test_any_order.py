"""Whatever people try, in whatever order: nobody comes to production without passed tests and an authorisation."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from compliance.connecting.checklist import is_complete
from compliance.connecting.confirm import confirm
from compliance.connecting.go_back import go_back
from compliance.connecting.models import Connection
from compliance.connecting.rules import ORDER, RULES
from compliance.connecting.say_ready import say_ready
from compliance.connecting.vocabulary import Check, MoveKind, Side, Step
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from compliance.registry.models import ConnectionPeriod
from tests.connecting.partners import OCMW, WHY, authorised, begun, passed, person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
WHO = st.sampled_from(["operator", "operator", "operator", "own", "vmsw-requester", "officer"])
STEPS = st.sampled_from(list(Step))
REFUSED = (ConflictError, ForbiddenError, NotFoundError)


class Moving(RuleBasedStateMachine):
    """People who try everything; each run has a transaction of its own that is taken back."""

    cast: ClassVar[Mapping[str, Account]]

    def __init__(self) -> None:
        """Begin to connect an OCMW."""
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.pk = begun(self.cast, vendor=None).pk
        self.people = {**self.cast, "own": person_of(OCMW)}
        self.allowed = False

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def one(self) -> Connection:
        """The connection as it stands."""
        return Connection.objects.get(pk=self.pk)

    @rule(who=WHO, step=STEPS)
    def ready(self, who: str, step: Step) -> None:
        """Somebody calls a step ready."""
        with suppress(*REFUSED):
            say_ready(connection=self.one, seen=step, account=self.people[who])
            assert who in {"operator", "own"}

    @rule(who=WHO, other=st.none() | st.none() | STEPS)
    def go_on(self, who: str, other: Step | None) -> None:
        """Somebody confirms a step, mostly the present one."""
        step = other or Step(self.one.step)
        before, complete = self.one, is_complete(self.one)
        with suppress(*REFUSED):
            after = confirm(connection=before, seen=step, account=self.people[who], reason=WHY)
            assert who == "operator"
            assert step == before.step
            if step is Step.TESTS_PASSED:
                assert complete
            if step is Step.PRODUCTION:
                assert self.allowed
                assert after.connected_on is not None
            else:
                assert ORDER.index(Step(after.step)) == ORDER.index(step) + 1

    @rule(who=WHO, step=STEPS)
    def back(self, who: str, step: Step) -> None:
        """Somebody goes back."""
        before = self.one
        with suppress(*REFUSED):
            after = go_back(connection=before, seen=Step(before.step), to=step, account=self.people[who], reason=WHY)
            assert who == "operator"
            assert ORDER.index(Step(after.step)) < ORDER.index(Step(before.step))
            assert not is_complete(after)

    @rule(some=st.sets(st.sampled_from(list(Check))) | st.just(set(Check)))
    def test(self, some: set[Check]) -> None:
        """The partner's system shows something."""
        passed(self.one, *some)

    @rule(production=st.booleans())
    def authorise(self, production: bool) -> None:  # noqa: FBT001 - the machine draws it
        """Register a next version that names production, or no longer."""
        authorised(environments=("production", "acceptance") if production else ("acceptance",))
        self.allowed = production

    @invariant()
    def what_is_before_is_done_and_what_follows_is_not(self) -> None:
        """Check that steps are done in their order."""
        one = self.one
        done = [step.done_on is not None for step in one.steps.order_by("id")]
        at = ORDER.index(Step(one.step)) + (one.connected_on is not None)
        assert done == [position < at for position in range(len(ORDER))]

    @invariant()
    def the_register_says_who_is_connected(self) -> None:
        """Check that a period of connection stands as long as it is in production."""
        open_periods = ConnectionPeriod.objects.filter(organisation__code=OCMW, connected_until=None)
        assert open_periods.count() == (self.one.connected_on is not None)

    @invariant()
    def every_move_is_kept(self) -> None:
        """Check that the history begins at the beginning, each move with an act of its own."""
        moves = list(self.one.moves.order_by("id"))
        assert moves[0].kind == MoveKind.BEGUN
        assert len({move.act for move in moves}) == len(moves)


def test_no_order_of_moves_leads_past_the_rules(cast: Mapping[str, Account]) -> None:
    patience = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    trying = type("Trying", (Moving,), {"cast": cast})
    run_state_machine_as_test(trying, settings=patience)


def test_the_table_lets_only_the_bank_confirm_and_go_back() -> None:
    for (_step, kind), allowed in RULES.items():
        if kind is not MoveKind.READY:
            assert allowed.sides == {Side.BANK}
    assert (Step.ANALYSIS, MoveKind.BACK) not in RULES
    assert (Step.PRODUCTION, MoveKind.READY) not in RULES
