"""The way of a case to a decision, as one table: who may do what in which state, and where it leads.

Pure: the verbs ask it, screens ask it what to offer, and the tests walk it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable

S, A, P = CaseState, CaseAct, CaseParty


class Transition(NamedTuple):
    """One act: from which states, by whom, and to which states it can lead; no target means that it stays."""

    act: CaseAct
    sources: frozenset[CaseState]
    by: frozenset[CaseParty]
    targets: frozenset[CaseState]


def _row(
    act: CaseAct, sources: Iterable[CaseState], by: Iterable[CaseParty], targets: Iterable[CaseState] = ()
) -> Transition:
    return Transition(act, frozenset(sources), frozenset(by), frozenset(targets))


OPEN = frozenset({S.NEW, S.IN_REVIEW, S.WAITING_PARTNER, S.WAITING_SECOND})
DECIDABLE = OPEN - {S.WAITING_SECOND}

TABLE = (
    _row(A.JOIN, OPEN, [P.SERVICE]),
    _row(A.ASSIGN, [S.NEW], [P.OFFICER], [S.IN_REVIEW]),
    _row(A.ASSIGN, OPEN - {S.NEW}, [P.OFFICER]),
    _row(A.RELEASE, [S.IN_REVIEW], [P.OFFICER], [S.NEW]),
    _row(A.RELEASE, [S.WAITING_PARTNER, S.WAITING_SECOND], [P.OFFICER]),
    _row(A.NOTE, OPEN | {S.DECIDED}, [P.OFFICER]),
    _row(A.ASK, DECIDABLE, [P.OFFICER], [S.WAITING_PARTNER]),
    _row(A.HEAR, [S.WAITING_PARTNER], [P.PARTNER, P.OFFICER, P.SERVICE], [S.WAITING_PARTNER, S.IN_REVIEW]),
    _row(A.HEAR, [S.NEW, S.IN_REVIEW, S.WAITING_SECOND, S.DECIDED], [P.PARTNER]),
    _row(A.DECIDE, DECIDABLE, [P.OFFICER], [S.DECIDED]),
    _row(A.PROPOSE, DECIDABLE, [P.OFFICER], [S.WAITING_SECOND]),
    _row(A.CONFIRM, [S.WAITING_SECOND], [P.OFFICER], [S.DECIDED]),
    _row(A.REFUSE, [S.WAITING_SECOND], [P.OFFICER], [S.IN_REVIEW]),
    _row(A.BREACH, OPEN | {S.DECIDED}, [P.OFFICER]),
    _row(A.REOPEN, [S.DECIDED], [P.OFFICER], [S.IN_REVIEW]),
)


def transition(act: CaseAct, state: CaseState, parties: Iterable[CaseParty]) -> Transition | None:
    """Return the row that lets one of these do this now, or ``None``."""
    asked = frozenset(parties)
    return next((row for row in TABLE if row.act == act and state in row.sources and row.by & asked), None)


def leads(act: CaseAct, state: CaseState, to: CaseState) -> bool:
    """Tell whether an act can lead from one state to another."""
    rows = [row for row in TABLE if row.act == act and state in row.sources]
    return any(to in (row.targets or {state}) for row in rows)


def allowed_acts(state: CaseState, parties: Iterable[CaseParty]) -> tuple[CaseAct, ...]:
    """Return what these may do now, in the order of the table; rules on persons (four eyes) come on top."""
    asked = frozenset(parties)
    return tuple(dict.fromkeys(row.act for row in TABLE if state in row.sources and row.by & asked))
