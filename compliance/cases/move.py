"""Move a case: the one way in which something is done with it, by people and by the service itself."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.announce import announce_step
from compliance.cases.models import Case, CaseEvent
from compliance.cases.states import leads, transition
from compliance.cases.vocabulary import CaseAct, CaseParty, CaseState
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.kernel.actor import Actor


class NotNowError(ConflictError):
    """The state of the case does not allow this."""

    problem_type = "case-not-in-that-state"
    title = "This cannot be done with the case as it stands now. Look at it again: somebody may have moved it."


def case_for(account: Account, code: str) -> Case:
    """Return a case that this person may see. Raises :class:`NotFoundError`."""
    found = Case.objects.visible_to(account).select_related("assignee", "earlier").filter(code=code).first()
    if found is None:
        raise NotFoundError
    return found


def locked(case: Case) -> Case:
    """Return the case as it is now, and let nobody else move it until the caller's transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=case.pk)


def require(case: Case, *, act: CaseAct, account: Account) -> None:
    """Raise unless this officer may do this now.

    :class:`NotFoundError` for somebody who may not see it, :class:`ForbiddenError` for somebody who may not decide,
    and :class:`NotNowError` for the wrong moment.
    """
    if not Case.objects.visible_to(account).filter(pk=case.pk).exists():
        raise NotFoundError
    if not account.may(Capability.DECIDE_CASES):
        raise ForbiddenError
    if transition(act, CaseState(case.state), {CaseParty.OFFICER}) is None:
        raise NotNowError


def move(
    case: Case,
    *,
    act: CaseAct,
    actor: Actor,
    at: datetime,
    to: CaseState | None = None,
    words: str = "",
    details: Mapping[str, str] | None = None,
    kind: ActKind | None = None,
) -> CaseEvent:
    """Write one step of a locked case: state, event, and entry in the ledger. In the caller's transaction.

    Without ``to`` it stays in its state. The entry names the digest of the words, never the words: those can be shown
    beside it. Its kind is that of the act, unless ``kind`` says more. Whatever else changed in ``case`` is saved with
    it. Raises :class:`ValueError` for a way that the table does not know: a mistake of ours.
    """
    before = CaseState(case.state)
    target = to or before
    opens = act is CaseAct.OPEN
    if not opens and not leads(act, before, target):
        message = f"no row of the table leads from {before} to {target} by {act.value}"
        raise ValueError(message)
    entry = record_act(
        actor=actor,
        kind=kind or ActKind(f"case:{act.value}"),
        object_id=case.uid,
        details={
            "case": case.code,
            "kind": case.kind,
            "from": "" if opens else before.value,
            "to": target.value,
            "words_sha256": sha256(words.encode()).hexdigest() if words else "",
            **(details or {}),
        },
    )
    if before != target:
        case.state, case.state_since = target, at
    case.last_event_at = at
    case.save()
    announce_step(case, act=act, kind=kind, before=before, at=at)
    return CaseEvent.objects.create(
        case=case,
        at=at,
        by=actor.name,
        organisation=actor.organisation,
        act=act,
        from_state="" if opens else before,
        to_state=target,
        words=words,
        details=dict(details or {}),
        entry=entry,
    )
