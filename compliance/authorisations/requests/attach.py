"""Attach a document to a request: checked, scanned and written before anybody can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.authorisations.requests.models import RequestAttachment
from compliance.authorisations.requests.move import NotNowError, locked
from compliance.authorisations.requests.parties import parties_of, request_for
from compliance.authorisations.requests.states import EDITABLE, ENDED
from compliance.authorisations.requests.vocabulary import Party
from compliance.documents import store
from compliance.documents.kind import kind_of
from compliance.documents.name import clean_name
from compliance.documents.refused import refused
from compliance.documents.scan import scan
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.requests.vocabulary import Section

MOST = 20


def attach(
    *, request: AuthorisationRequest, account: Account, name: str, content: bytes, section: Section | None = None
) -> RequestAttachment:
    """Keep a document with a request. One transaction, after the look at its bytes and the scan.

    While it is written only its makers attach; afterwards everyone who takes part, for their own statement. Raises
    :class:`DocumentRefusedError` with the reason, and :class:`UnavailableError` when it could not be scanned.
    """
    require_may_attach(request_for(account, request.code), account)
    shown = clean_name(name)
    kind = kind_of(content, name=shown)
    scanned = scan(content)
    with transaction.atomic():
        request = locked(request)
        require_may_attach(request, account)
        standing = request.requestattachments.filter(removed_at=None)
        if standing.count() >= MOST:
            raise refused(_("A request has at most 20 documents. Remove one first."), "too-many")
        # Written while the request is locked: else what a colleague removes now could take these same bytes along.
        digest = store.keep(content, owner=request.uid)
        made: RequestAttachment = RequestAttachment.objects.create(
            request=request,
            at=now(),
            by=account.username,
            organisation=account.actor.organisation,
            section=section or "",
            name=shown,
            media_type=kind.value,
            size=len(content),
            digest=digest,
            scan=scanned,
        )
        record_act(
            actor=account.actor,
            kind=ActKind.REQUEST_ATTACHED,
            object_id=request.uid,
            details={
                "request": request.code,
                "attachment": str(made.pk),
                "sha256": digest,
                "size": str(made.size),
                "scan": scanned.value,
            },
        )
    return made


def may_attach(request: AuthorisationRequest, account: Account) -> bool:
    """Tell whether this person may attach now."""
    parties = parties_of(account, request)
    if request.state in EDITABLE:
        return Party.REQUESTER in parties
    return bool(parties) and request.state not in ENDED


def require_may_attach(request: AuthorisationRequest, account: Account) -> None:
    """Raise :class:`ForbiddenError` for who never may, and :class:`NotNowError` for the wrong moment."""
    if may_attach(request, account):
        return
    raise NotNowError if parties_of(account, request) and request.state in ENDED else ForbiddenError
