"""A case as a row of the queue: one sentence, why it stands where it stands, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cases.states import allowed_acts
from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState
from compliance.console.presenters import words
from compliance.console.presenters.cases.words import (
    FAMILY_WORDS,
    case_sentence,
    present_case_state,
    present_due_at,
    present_risk,
    risk_reasons,
    since_words,
)
from compliance.detection.detectors.finding import Family

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge
    from compliance.console.presenters.cases.picture import Picture
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What the template of a row needs."""

    code: str
    address: str
    sentence: str
    partner: str
    family: str
    risk: Badge
    why: str
    state: Badge
    since: str
    opened: str
    due: Badge | None
    assignee: str
    is_mine: bool
    assign: str
    decide: str
    ask: str
    picture: Picture | None


def present_row(
    case: Case, account: Account, *, at: datetime, names: Names, door: Door, picture: Picture | None, may_decide: bool
) -> CaseRow:
    """Put one case into a row."""
    acts: tuple[CaseAct, ...] = allowed_acts(CaseState(case.state), {CaseParty.OFFICER}) if may_decide else ()
    address = door.address("case", case.code)
    mine = case.assignee_id == account.pk
    return CaseRow(
        code=case.code,
        address=address,
        sentence=case_sentence(case, names),
        partner=names.organisation(case.partner) if case.partner else "",
        family=str(FAMILY_WORDS[Family(case.family)]) if case.family else "",
        risk=present_risk(case.severity),
        why=words.sentence("; ".join(risk_reasons(case.severity_reasons))),
        state=present_case_state(case),
        since=since_words(case.opened_at, at),
        opened=case.opened_at.isoformat(),
        due=present_due_at(case.due_at, at) if case.state != CaseState.DECIDED else None,
        assignee=(case.assignee.get_full_name() or case.assignee.username) if case.assignee else "",
        is_mine=mine,
        assign=door.address("case-act", case.code, "assign") if CaseAct.ASSIGN in acts and not mine else "",
        decide=_decide(address, acts),
        ask=door.address("case-ask", case.code) if CaseAct.ASK in acts and case.partner else "",
        picture=picture,
    )


def _decide(address: str, acts: tuple[CaseAct, ...]) -> str:
    """Return where it is decided, or confirmed by a second person."""
    slug = {CaseAct.DECIDE: "decide", CaseAct.CONFIRM: "confirm"}
    return next((f"{address}#act-{slug[act]}" for act in acts if act in slug), "")
