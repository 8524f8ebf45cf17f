"""Move a request: the one way in which its state changes, for people and for the clock."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.authorisations.requests.keep_text import keep_text
from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.states import leads, transition
from compliance.authorisations.requests.tell import tell_of_step
from compliance.authorisations.requests.vocabulary import Party, RequestAct, RequestState
from compliance.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import RequestText
    from compliance.kernel.actor import Actor


class NotNowError(ConflictError):
    """The state of the request does not allow this."""

    problem_type = "request-not-in-that-state"
    title = "This cannot be done with the request as it stands now. Look at it again: somebody may have moved it."


def locked(request: AuthorisationRequest) -> AuthorisationRequest:
    """Return the request as it is now, and let nobody else move it until the caller's transaction ends."""
    rows = AuthorisationRequest.objects.select_for_update(of=("self",))
    row: AuthorisationRequest = rows.select_related("organisation", "made_by").get(pk=request.pk)
    return row


def require(request: AuthorisationRequest, *, act: RequestAct, account: Account) -> frozenset[Party]:
    """Return what the person is to the request, when they may do this now.

    Raises :class:`NotFoundError` for a stranger, :class:`ForbiddenError` for somebody who never may, and
    :class:`NotNowError` for the wrong moment.
    """
    parties = parties_of(account, request)
    if not AuthorisationRequest.objects.visible_to(account).filter(pk=request.pk).exists():
        raise NotFoundError
    if transition(act, RequestState(request.state), parties) is not None:
        return parties
    if any(transition(act, state, parties) for state in RequestState):
        raise NotNowError
    raise ForbiddenError


def move(
    request: AuthorisationRequest,
    *,
    act: RequestAct,
    to: RequestState,
    actor: Actor,
    at: datetime,
    remark: str = "",
    text: RequestText | None = None,
) -> RequestEvent:
    """Write one step of a locked request: state, event, notices, and entry in the ledger. In the caller's transaction.

    The entry names the digests of what was said, never the words: those can be shown beside it, and be erased.
    Raises :class:`ValueError` for a way that the table does not know: a mistake of ours.
    """
    before = "" if act is RequestAct.DRAFT else request.state
    if before and not leads(act, RequestState(before), to):
        message = f"no row of the table leads from {before} to {to.value} by {act.value}"
        raise ValueError(message)
    kept = text or keep_text(request, at=at)
    entry = record_act(
        actor=actor,
        kind=ActKind(f"request:{act.value}"),
        object_id=request.uid,
        details={
            "request": request.code,
            "organisation": request.organisation.code,
            "from": before,
            "to": to.value,
            "content_sha256": kept.digest,
            "protocol_sha256": kept.protocol_digest,
            "remark_sha256": sha256(remark.encode()).hexdigest() if remark else "",
        },
    )
    if request.state != to or act is RequestAct.DRAFT:
        request.state_since = at
    request.state = to
    request.changed_at = at
    request.save()
    event = RequestEvent.objects.create(
        request=request,
        at=at,
        by=actor.name,
        organisation=actor.organisation,
        act=act,
        from_state=before,
        to_state=to,
        text=kept,
        remark=remark,
        entry=entry,
    )
    tell_of_step(event)
    return event
