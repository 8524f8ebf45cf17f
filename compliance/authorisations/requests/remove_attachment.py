"""Remove a document from a request: that it was there, and which bytes it held, stays on record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.attach import require_may_attach
from compliance.authorisations.requests.models import RequestSignature
from compliance.authorisations.requests.move import NotNowError, locked
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.vocabulary import RequestAct
from compliance.documents import store
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAttachment


@transaction.atomic
def remove_attachment(*, attachment: RequestAttachment, account: Account) -> RequestAttachment:
    """Take a document from what the request shows. One transaction.

    While the request is written its makers remove; afterwards only whoever attached it, and never what was signed.
    The bytes go when nobody was ever asked to look at them: before the first submission.
    """
    request = locked(request_for(account, attachment.request.code))
    require_may_attach(request, account)
    standing = request.requestattachments.filter(pk=attachment.pk, removed_at=None).first()
    if standing is None:
        raise NotFoundError
    if request.state not in EDITABLE and standing.by != account.username:
        raise ForbiddenError
    if RequestSignature.objects.filter(document=standing).exists():
        raise NotNowError
    standing.removed_at, standing.removed_by = now(), account.username
    standing.save(update_fields=["removed_at", "removed_by"])
    record_act(
        actor=account.actor,
        kind=ActKind.REQUEST_ATTACHMENT_REMOVED,
        object_id=request.uid,
        details={"request": request.code, "attachment": str(standing.pk), "sha256": standing.digest},
    )
    if not request.requestevents.filter(act=RequestAct.SUBMIT).exists():
        transaction.on_commit(partial(_erase_unused, request, standing.digest))
    removed: RequestAttachment = standing
    return removed


@transaction.atomic
def _erase_unused(request: AuthorisationRequest, digest: str) -> None:
    """Erase bytes that no document of the request holds any more; under its lock, so that none comes meanwhile."""
    request = locked(request)
    if not request.requestattachments.filter(digest=digest, removed_at=None).exists():
        store.erase(digest, owner=request.uid)
