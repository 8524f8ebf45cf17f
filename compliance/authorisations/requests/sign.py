"""Sign the text of a granted request: two persons a side. When both sides have, the protocol is concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.four_eyes import FourEyesError
from compliance.authorisations.requests.models import RequestSignature
from compliance.authorisations.requests.move import NotNowError, locked, move, require
from compliance.authorisations.requests.signed import signatures_by_side
from compliance.authorisations.requests.vocabulary import Method, Party, RequestAct, RequestState, Side
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAttachment, RequestText


@transaction.atomic
def sign(
    *,
    request: AuthorisationRequest,
    account: Account,
    protocol_digest: str,
    document: RequestAttachment | None = None,
) -> RequestSignature:
    """Sign for one's own side what ``protocol_digest`` (SHA-256 of the text that was read) names. One transaction.

    With a ``document`` (the PDF that was signed elsewhere), the second person of the side confirms the same document.
    Raises :class:`InvalidInputError` for another text or document, and :class:`FourEyesError` for a second time.
    """
    request = locked(request)
    parties = require(request, act=RequestAct.SIGN, account=account)
    text = text_to_sign(request)
    if protocol_digest != text.protocol_digest:
        told = "This is not the text that was granted. Read it again, and sign that."
        raise InvalidInputError(errors=(FieldError("/protocol_digest", told, "another-text"),))
    side = Side.PROVIDER if Party.OFFICER in parties else Side.RECIPIENT
    before = signatures_by_side(request)[side]
    if account.username in before.people:
        raise FourEyesError
    if before.is_complete:
        raise NotNowError
    _check_document(document, before.signatures, request)
    at = now()
    signature = RequestSignature.objects.create(
        request=request,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        side=side,
        method=Method.UPLOAD if document else Method.PORTAL,
        text=text,
        document=document,
    )
    concluded = all(one.is_complete for one in signatures_by_side(request).values())
    to = RequestState.SIGNED if concluded else RequestState.GRANTED
    remark = document.digest if document else ""
    move(request, act=RequestAct.SIGN, to=to, actor=account.actor, at=at, text=text, remark=remark)
    return signature


def text_to_sign(request: AuthorisationRequest) -> RequestText:
    """Return the text that was granted, its conditions included. Raises :class:`NotNowError` before that."""
    granted = request.requestevents.filter(act=RequestAct.DECIDE, to_state=RequestState.GRANTED).order_by("-id")
    event = granted.select_related("text").first()
    if event is None:
        raise NotNowError
    return event.text


def _check_document(
    document: RequestAttachment | None, before: Sequence[RequestSignature], request: AuthorisationRequest
) -> None:
    told = ""
    if document is not None and (document.request_id != request.pk or document.removed_at is not None):
        told = "This document does not belong to the request."
    elif document is not None and document.media_type != "application/pdf":
        told = "A signed document is a PDF."
    elif before and _bytes(before[0].document) != _bytes(document):
        told = "The first signature is of another document, or of the text itself. Confirm the same."
    if told:
        raise InvalidInputError(errors=(FieldError("/document", told, "another-document"),))


def _bytes(document: RequestAttachment | None) -> str:
    return document.digest if document else ""
