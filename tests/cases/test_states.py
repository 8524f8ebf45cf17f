"""The way of a case to a decision is one table: what it does not name cannot be done."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from compliance.cases.states import OPEN, TABLE, allowed_acts, leads, transition
from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState

if TYPE_CHECKING:
    from collections.abc import Sequence

WALKS = st.lists(st.tuples(st.sampled_from(CaseAct), st.sampled_from(CaseState)), max_size=40)


@given(WALKS)
def test_whoever_follows_the_table_ends_a_case_by_a_decision_and_reopens_it_by_that_name_only(
    steps: Sequence[tuple[CaseAct, CaseState]],
) -> None:
    state = CaseState.NEW
    for act, target in steps:
        if not leads(act, state, target):
            continue
        if target == CaseState.DECIDED != state:
            assert act in {CaseAct.DECIDE, CaseAct.CONFIRM}
        if state == CaseState.DECIDED != target:
            assert act is CaseAct.REOPEN
        if state == CaseState.WAITING_SECOND != target:
            assert act in {CaseAct.CONFIRM, CaseAct.REFUSE}
        state = target


@given(st.sampled_from(CaseAct), st.sampled_from(CaseState), st.sets(st.sampled_from(CaseParty)))
def test_what_somebody_may_do_is_what_the_table_offers(act: CaseAct, state: CaseState, parties: set[CaseParty]) -> None:
    assert (transition(act, state, parties) is not None) == (act in allowed_acts(state, parties))
    assert not parties or set(allowed_acts(state, parties)) >= set(allowed_acts(state, {min(parties)}))


def test_a_partner_can_only_be_heard_and_the_service_only_adds() -> None:
    for state in CaseState:
        assert set(allowed_acts(state, {CaseParty.PARTNER})) <= {CaseAct.HEAR}
        assert set(allowed_acts(state, {CaseParty.SERVICE})) <= {CaseAct.JOIN, CaseAct.HEAR}


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached = {CaseState.NEW} | {target for row in TABLE for target in row.targets}
    assert reached == set(CaseState)
    for state, act in product(OPEN, CaseAct):
        assert not leads(act, state, CaseState.DECIDED) or act in {CaseAct.DECIDE, CaseAct.CONFIRM}
    assert all(
        any(leads(act, state, other) for act in CaseAct for other in CaseState if other != state) for state in OPEN
    )
