"""What somebody can do with a case now: each act with its words and its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.four_eyes import may_confirm
from compliance.cases.states import allowed_acts
from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState
from compliance.console.cases.acts import CASE_ACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.console.cases.acts import CaseDeskAct
    from compliance.console.cases.forms import CaseForm
    from compliance.console.door import Door

FIRST = ("decide", "confirm", "reopen")
PLAIN = ("assign", "release")


@dataclass(frozen=True, slots=True)
class CaseActView:
    """One act with its form; a plain one is a button and nothing else."""

    slug: str
    heading: str
    meaning: str
    button: str
    address: str
    form: CaseForm
    is_open: bool


@dataclass(frozen=True, slots=True)
class CaseActs:
    """What comes first, what is a button, and what is folded away; and why the second person is waited for."""

    first: tuple[CaseActView, ...]
    plain: tuple[CaseActView, ...]
    others: tuple[CaseActView, ...]
    waits: str


def present_case_acts(
    case: Case, account: Account, *, seen: int, bound: CaseForm | None, bound_slug: str, door: Door
) -> CaseActs:
    """Return what this person may do with a case as it stands."""
    views = {
        act.slug: _view(act, case, seen, bound if act.slug == bound_slug else None, door) for act in _now(case, account)
    }
    waits = ""
    if case.state == CaseState.WAITING_SECOND:
        waits = (
            _("%(who)s proposed this decision. It holds once you, or another officer, confirm it.")
            if may_confirm(case, account)
            else _("You proposed this decision. It holds once another officer confirms it.")
        ) % {"who": case.proposed_by}
    return CaseActs(
        first=tuple(view for slug, view in views.items() if slug in FIRST),
        plain=tuple(view for slug, view in views.items() if slug in PLAIN),
        others=tuple(view for slug, view in views.items() if slug not in {*FIRST, *PLAIN}),
        waits=waits,
    )


def _now(case: Case, account: Account) -> Iterator[CaseDeskAct]:
    """Yield the acts that are possible: none for who may only read."""
    if not account.may(Capability.DECIDE_CASES):
        return
    allowed = allowed_acts(CaseState(case.state), {CaseParty.OFFICER})
    for act in CASE_ACTS.values():
        own_proposal = act.act is CaseAct.CONFIRM and not may_confirm(case, account)
        has_it = act.slug == "assign" and case.assignee_id == account.pk
        nobody_has_it = act.act is CaseAct.RELEASE and case.assignee_id is None
        if act.act in allowed and not (own_proposal or has_it or nobody_has_it):
            yield act


def _view(act: CaseDeskAct, case: Case, seen: int, bound: CaseForm | None, door: Door) -> CaseActView:
    heading, meaning, button = _words(act.slug)
    form = bound or act.form(initial={"seen": seen}, auto_id=f"{act.slug}-%s")
    if bound is None:
        form.offer(case)
    return CaseActView(
        slug=act.slug,
        heading=heading,
        meaning=meaning,
        button=button,
        address=door.address("case-act", case.code, act.slug),
        form=form,
        is_open=bound is not None,
    )


def _words(slug: str) -> tuple[str, str, str]:
    """Return what an act is called, what it does, and what its button says."""
    return {
        "decide": (_("Decide"), _("Your decision and your reason are kept for ever, with your name."), _("Decide")),
        "confirm": (
            _("Confirm this decision"),
            _("From then on it holds. You decide it together with the colleague who proposed it."),
            _("Confirm"),
        ),
        "refuse": (
            _("Do not confirm"),
            _("The case goes back into review, with your reason."),
            _("Send it back"),
        ),
        "reopen": (
            _("Reopen"),
            _("The decision stays in the history; what it made expected is expected no longer."),
            _("Reopen"),
        ),
        "assign": ("", "", _("Assign to me")),
        "release": ("", "", _("Give it back")),
        "hand-over": (_("Hand over"), _("The other is told."), _("Hand over")),
        "note": (_("Write a note"), _("For yourself and for whoever looks at this after you."), _("Keep this note")),
    }[slug]
