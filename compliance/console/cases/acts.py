"""What people can do with a case at the desk: for each act its form, and the verb that is called with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from compliance.access.models import Account
from compliance.cases.assign import assign, release, take
from compliance.cases.confirm import confirm, refuse
from compliance.cases.decide import Judgement, decide
from compliance.cases.note import note
from compliance.cases.reopen import reopen
from compliance.cases.vocabulary import CaseAct, Outcome
from compliance.console.cases.forms import AssignForm, CaseForm, ConfirmForm, DecideForm, NoteForm, WhyForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.cases.models import Case

    Verb = Callable[[Case, Account, Any], object]


class CaseDeskAct(NamedTuple):
    """One act: how addresses name it, what it is in the table of states, what it asks, and what it does."""

    slug: str
    act: CaseAct
    form: type[CaseForm]
    verb: Verb


def _hand_over(case: Case, account: Account, form: AssignForm) -> None:
    assign(case=case, account=account, to=Account.objects.get(pk=int(form.cleaned_data["assignee"])))


def _decide(case: Case, account: Account, form: DecideForm) -> None:
    given = form.cleaned_data
    judgement = Judgement(
        outcome=Outcome(given["outcome"]),
        reason=given["reason"],
        scope=form.scope(case),
        passed_to=given["passed_to"],
        aware_at=given["aware_at"],
    )
    decide(case=case, account=account, judgement=judgement)


_ACTS = (
    CaseDeskAct("decide", CaseAct.DECIDE, DecideForm, _decide),
    CaseDeskAct(
        "confirm",
        CaseAct.CONFIRM,
        ConfirmForm,
        lambda case, account, form: confirm(case=case, account=account, words=form.cleaned_data["words"]),
    ),
    CaseDeskAct(
        "refuse",
        CaseAct.REFUSE,
        WhyForm,
        lambda case, account, form: refuse(case=case, account=account, reason=form.cleaned_data["reason"]),
    ),
    CaseDeskAct("assign", CaseAct.ASSIGN, CaseForm, lambda case, account, _form: take(case=case, account=account)),
    CaseDeskAct("hand-over", CaseAct.ASSIGN, AssignForm, _hand_over),
    CaseDeskAct("release", CaseAct.RELEASE, CaseForm, lambda case, account, _: release(case=case, account=account)),
    CaseDeskAct(
        "note",
        CaseAct.NOTE,
        NoteForm,
        lambda case, account, form: note(case=case, account=account, words=form.cleaned_data["words"]),
    ),
    CaseDeskAct(
        "reopen",
        CaseAct.REOPEN,
        WhyForm,
        lambda case, account, form: reopen(case=case, account=account, reason=form.cleaned_data["reason"]),
    ),
)
CASE_ACTS = {act.slug: act for act in _ACTS}
