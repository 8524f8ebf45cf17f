"""The way of a question, as one table: who may do what in which state, and where it leads.

Pure: the verbs ask it, screens ask it what to offer, and the tests walk it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.cases.questions.vocabulary import QuestionAct, QuestionParty, QuestionState

if TYPE_CHECKING:
    from collections.abc import Iterable

A, P, S = QuestionAct, QuestionParty, QuestionState


class Transition(NamedTuple):
    """One act: from which states, by whom, and to which state; without one it stays where it is."""

    act: QuestionAct
    sources: frozenset[QuestionState]
    by: frozenset[QuestionParty]
    target: QuestionState | None


def _row(
    act: QuestionAct, sources: Iterable[QuestionState], by: Iterable[QuestionParty], target: QuestionState | None
) -> Transition:
    return Transition(act, frozenset(sources), frozenset(by), target)


_OPEN = (S.OPEN, S.WITH_COLLEAGUE, S.READY)

TABLE: tuple[Transition, ...] = (
    _row(A.ASK, (), (P.OFFICER,), S.OPEN),
    _row(A.ASSIGN, _OPEN, (P.PARTNER_DPO,), S.WITH_COLLEAGUE),
    _row(A.TAKE_BACK, (S.WITH_COLLEAGUE, S.READY), (P.PARTNER_DPO,), S.OPEN),
    _row(A.HAND_IN, (S.WITH_COLLEAGUE,), (P.COLLEAGUE,), S.READY),
    _row(A.ANSWER, (S.OPEN, S.READY), (P.PARTNER_DPO,), S.ANSWERED),
    _row(A.EXTEND, _OPEN, (P.OFFICER,), None),
    _row(A.WITHDRAW, _OPEN, (P.OFFICER,), S.WITHDRAWN),
    _row(A.REMIND, _OPEN, (P.CLOCK,), None),
    _row(A.ESCALATE, _OPEN, (P.CLOCK,), None),
)

DRAFTING: dict[QuestionState, QuestionParty] = {
    S.OPEN: P.PARTNER_DPO,
    S.WITH_COLLEAGUE: P.COLLEAGUE,
    S.READY: P.PARTNER_DPO,
}
"""Who writes the drafts of the answers in which state: one side at a time, so that nobody overwrites the other."""


def transition(act: QuestionAct, state: QuestionState, parties: Iterable[QuestionParty]) -> Transition | None:
    """Return the row by which one of these parties may do this now."""
    present = frozenset(parties)
    return next((row for row in TABLE if row.act is act and state in row.sources and row.by & present), None)


def ever(act: QuestionAct, parties: Iterable[QuestionParty]) -> bool:
    """Tell whether one of these parties may do this in some state."""
    return any(row.act is act and row.by & frozenset(parties) for row in TABLE)
