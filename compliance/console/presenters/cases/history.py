"""Every step of a case, with its entry of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.console.presenters import words
from compliance.console.presenters.request_thread import who_wrote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.cases.models import CaseEvent
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step: when, who, what, to which state, in which words, and its entry."""

    moment: str
    at: str
    who: str
    act: str
    state: str
    remark: str
    entry: str
    address: str


def present_history(
    events: Iterable[CaseEvent], names: Names, *, door: Door, may_see_oversight: bool
) -> tuple[CaseStep, ...]:
    """Put steps into words, the newest first."""
    return tuple(
        CaseStep(
            moment=words.moment(one.at),
            at=one.at.isoformat(),
            who=who_wrote(one.by, one.organisation, names),
            act=_act(one),
            state=str(CaseState(one.to_state).label) if one.from_state != one.to_state else "",
            remark=one.words,
            entry=str(one.entry),
            address=door.address("oversight", query={"actor": one.by, "kind": f"case:{one.act}"})
            if may_see_oversight
            else "",
        )
        for one in sorted(events, key=lambda one: -one.pk)
    )


def _act(event: CaseEvent) -> str:
    act = words.sentence(str(CaseAct(event.act).label))
    outcome = event.details.get("outcome", "")
    if outcome in Outcome.values and event.act in {CaseAct.DECIDE, CaseAct.PROPOSE, CaseAct.CONFIRM, CaseAct.REFUSE}:
        return f"{act}: {Outcome(outcome).label}"
    if event.act == CaseAct.ASSIGN and event.details.get("to"):
        return _("Assigned to %(who)s") % {"who": event.details["to"]}
    return act
