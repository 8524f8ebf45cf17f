"""One partner's board: its steps, what stands in the way, its self-tests and its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.connecting.authorised import authorised_for
from compliance.connecting.checklist import checklist
from compliance.connecting.obstacles import obstacles
from compliance.connecting.rules import ORDER, Need
from compliance.connecting.vocabulary import MoveKind, Step
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.console.presenters.progress import present_progress, progress_of
from compliance.exchanges.vocabulary import Environment

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.connecting.models import Connection, ConnectionMove, ConnectionStep
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names

NEEDED = {
    Need.CHECKLIST: gettext_lazy("Not every self-test was passed yet."),
    Need.TESTS: gettext_lazy("The tests were not confirmed."),
    Need.AUTHORISATION: gettext_lazy("No authorisation in force names this partner, its route and production."),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step on the board."""

    step: str
    words: str
    state: Badge
    is_now: bool
    planned: str
    done: str
    responsible: str
    ready: str
    remark: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of the self-tests."""

    words: str
    passed: bool
    when: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of the history."""

    moment: str
    at: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about one partner's way."""

    code: str
    organisation: str
    address: str
    progress: Badge
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepRow, ...]
    obstacles: tuple[str, ...]
    checks: tuple[CheckRow, ...]
    checked: str
    moves: tuple[MoveRow, ...]
    seen: str
    is_connected: bool
    may_say_ready: bool


def present_board(*, connection: Connection, at: datetime, names: Names, door: Door) -> Board:
    """Put one connection into words."""
    states = checklist(connection)
    passed = sum(state.passed_at is not None for state in states)
    steps = {step.step: step for step in connection.steps.all()}
    now_at = steps[connection.step]
    lacking = [] if connection.connected_on else obstacles(connection, MoveKind.CONFIRMED, at=at)
    return Board(
        code=connection.organisation.code,
        organisation=connection.organisation.name,
        address=door.address("connection", connection.organisation.code),
        progress=present_progress(progress_of(connection)),
        facts=tuple(_facts(connection, at)),
        steps=tuple(_step(steps[step], connection, at) for step in ORDER),
        obstacles=tuple(str(NEEDED[need]) for need in lacking),
        checks=tuple(
            CheckRow(
                words.sentence(str(state.check.label)),
                state.passed_at is not None,
                words.moment(state.passed_at) if state.passed_at else "",
            )
            for state in states
        ),
        checked=_("%(passed)s of %(all)s passed") % {"passed": passed, "all": len(states)},
        moves=tuple(_move(move, names) for move in connection.moves.all()),
        seen=connection.step,
        is_connected=connection.connected_on is not None,
        may_say_ready=(
            connection.connected_on is None
            and connection.step != Step.PRODUCTION
            and now_at.ready_at is None
            and not obstacles(connection, MoveKind.READY, at=at)
        ),
    )


def responsible_words(step: ConnectionStep) -> str:
    """Name who is responsible."""
    if step.responsible is not None:
        return step.responsible.get_full_name() or step.responsible.username
    return step.responsible_name


def is_late(step: ConnectionStep, connection: Connection, at: datetime) -> bool:
    """Tell whether the present step was planned for a day before today."""
    return (
        connection.connected_on is None
        and step.step == connection.step
        and step.planned_on is not None
        and step.planned_on < words.local_day(at)
    )


def _facts(connection: Connection, at: datetime) -> list[tuple[str, str]]:
    standing = authorised_for(connection, environment=Environment.PRODUCTION, at=at)
    trying = authorised_for(connection, environment=Environment.ACCEPTANCE, at=at)
    nobody = _("none in force")
    facts = [
        (_("Route"), connection.route.name),
        (_("Software vendor"), connection.vendor.name if connection.vendor else _("none")),
        (_("Authorisation for acceptance"), words.enumeration([one.reference for one in trying]) or nobody),
        (_("Authorisation for production"), words.enumeration([one.reference for one in standing]) or nobody),
    ]
    if connection.connected_on is not None:
        facts.append((_("In production since"), words.day(connection.connected_on)))
    return facts


def _step(step: ConnectionStep, connection: Connection, at: datetime) -> StepRow:
    is_now = connection.connected_on is None and step.step == connection.step
    return StepRow(
        step=step.step,
        words=words.sentence(str(Step(step.step).label)),
        state=_state(step, connection, at),
        is_now=is_now,
        planned=words.day(step.planned_on) if step.planned_on else "",
        done=words.day(step.done_on) if step.done_on else "",
        responsible=responsible_words(step),
        ready=_("%(who)s, %(moment)s") % {"who": step.ready_by, "moment": words.moment(step.ready_at)}
        if step.ready_at
        else "",
        remark=step.remark,
    )


def _state(step: ConnectionStep, connection: Connection, at: datetime) -> Badge:
    if step.done_on is not None:
        return Badge(_("done"), "good")
    if is_late(step, connection, at):
        return Badge(_("late"), "bad")
    if step.step != connection.step:
        return Badge(_("to come"), "calm")
    if step.ready_at is not None:
        return Badge(_("ready, to be confirmed"), "care")
    return Badge(_("now"), "open")


def _move(move: ConnectionMove, names: Names) -> MoveRow:
    organisation = names.organisation(move.organisation) if move.organisation else ""
    return MoveRow(
        moment=words.moment(move.at),
        at=move.at.isoformat(),
        who=f"{move.actor}, {organisation}" if organisation else move.actor,
        what=_("%(what)s: %(step)s")
        % {"what": words.sentence(str(MoveKind(move.kind).label)), "step": str(Step(move.step).label)},
        reason=move.reason,
    )
