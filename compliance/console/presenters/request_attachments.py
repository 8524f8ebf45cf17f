"""The documents of a request, and what the reader may do with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from compliance.authorisations.requests.attach import may_attach
from compliance.authorisations.requests.states import EDITABLE
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.documents import store
from compliance.documents.vocabulary import ScanState

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAttachment
    from compliance.console.door import Door


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A document."""

    name: str
    address: str
    told: str
    scan: Badge
    remove: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """All documents, and where to add one; no address: the reader may not."""

    rows: tuple[AttachmentRow, ...]
    attach: str


def present_attachments(request: AuthorisationRequest, account: Account, door: Door) -> Attachments:
    """Put the documents that stand in a list, in the order in which they came. One query."""
    may = may_attach(request, account)
    standing = request.requestattachments.filter(removed_at=None)
    return Attachments(
        rows=tuple(_row(request, one, account, door, may=may) for one in standing),
        attach=door.address("request-attach", request.code) if may and store.can_keep() else "",
    )


def _row(
    request: AuthorisationRequest, one: RequestAttachment, account: Account, door: Door, *, may: bool
) -> AttachmentRow:
    own = request.state in EDITABLE or one.by == account.username
    return AttachmentRow(
        name=one.name,
        address=door.address("request-attachment", request.code, one.pk),
        told=_("%(size)s, added by %(who)s on %(moment)s")
        % {"size": filesizeformat(one.size), "who": one.by, "moment": words.moment(one.at)},
        scan=Badge(str(ScanState(one.scan).label), "good" if one.scan == ScanState.CLEAN else "care"),
        remove=door.address("request-attachment-remove", request.code, one.pk) if may and own else "",
    )
