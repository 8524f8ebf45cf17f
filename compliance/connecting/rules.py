"""Which move is allowed in which step, by whom, and what must hold first. This table is the law; verbs ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.connecting.vocabulary import MoveKind, Side, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = tuple(Step)


class Need(StrEnum):
    """What must hold before a move."""

    CHECKLIST = "checklist"
    TESTS = "tests"
    AUTHORISATION = "authorisation"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may make a move, and what must hold first."""

    sides: frozenset[Side]
    needs: tuple[Need, ...] = ()


_EITHER = frozenset(Side)
_BANK = frozenset({Side.BANK})

RULES: Mapping[tuple[Step, MoveKind], Rule] = {
    (Step.ANALYSIS, MoveKind.READY): Rule(_EITHER),
    (Step.ANALYSIS, MoveKind.CONFIRMED): Rule(_BANK),
    (Step.ACCEPTANCE, MoveKind.READY): Rule(_EITHER),
    (Step.ACCEPTANCE, MoveKind.CONFIRMED): Rule(_BANK),
    (Step.ACCEPTANCE, MoveKind.BACK): Rule(_BANK),
    (Step.TESTS_PASSED, MoveKind.READY): Rule(_EITHER, (Need.CHECKLIST,)),
    (Step.TESTS_PASSED, MoveKind.CONFIRMED): Rule(_BANK, (Need.CHECKLIST,)),
    (Step.TESTS_PASSED, MoveKind.BACK): Rule(_BANK),
    (Step.PRODUCTION, MoveKind.CONFIRMED): Rule(_BANK, (Need.TESTS, Need.AUTHORISATION)),
    (Step.PRODUCTION, MoveKind.BACK): Rule(_BANK),
    **{(step, kind): Rule(_BANK) for step in Step for kind in (MoveKind.PLANNED, MoveKind.ARRANGED)},
}


def rule_for(step: Step, kind: MoveKind) -> Rule | None:
    """Return the rule for a move in a step; ``None`` when there is no such move there."""
    return RULES.get((step, kind))


def next_step(step: Step) -> Step | None:
    """Return the step that follows; ``None`` after the last."""
    position = ORDER.index(step) + 1
    return ORDER[position] if position < len(ORDER) else None


def steps_before(step: Step) -> tuple[Step, ...]:
    """Return the steps that one can go back to."""
    return ORDER[: ORDER.index(step)]


def steps_from(step: Step) -> tuple[Step, ...]:
    """Return a step and all that follow."""
    return ORDER[ORDER.index(step) :]
