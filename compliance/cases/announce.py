"""Tell other systems of a step of a case: that it was opened, decided, or is a data breach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.tell import address_of
from compliance.cases.vocabulary import CaseAct, CaseState
from compliance.notices.webhooks.announce import announce
from compliance.notices.webhooks.vocabulary import WebhookEvent
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.cases.models import Case


def announce_step(case: Case, *, act: CaseAct, kind: ActKind | None, before: CaseState, at: datetime) -> None:
    """Announce what other systems are told of; most steps are nothing to them. In the caller's transaction."""
    event = _event(case, act=act, kind=kind, before=before)
    if event is not None:
        announce(event, at=at, code=case.code, address=address_of(case), kind=case.kind, severity=case.severity)


def _event(case: Case, *, act: CaseAct, kind: ActKind | None, before: CaseState) -> WebhookEvent | None:
    if act is CaseAct.OPEN:
        return WebhookEvent.CASE_OPENED
    if kind is ActKind.BREACH_BEGUN:
        return WebhookEvent.BREACH_STARTED
    if case.state == CaseState.DECIDED and before != CaseState.DECIDED:
        return WebhookEvent.CASE_DECIDED
    return None
