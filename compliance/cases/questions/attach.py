"""Add a document to the answer about one exchange: checked, scanned and written before anybody can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.cases.questions.models import AnswerDocument
from compliance.cases.questions.move import locked_for_drafting
from compliance.documents import store
from compliance.documents.kind import kind_of
from compliance.documents.name import clean_name
from compliance.documents.refused import refused
from compliance.documents.scan import scan
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion

MOST = 20


def attach(*, question: PartnerQuestion, account: Account, position: int, name: str, content: bytes) -> AnswerDocument:
    """Keep a document with the draft about one exchange. One transaction, after the look at its bytes and the scan.

    Raises :class:`DocumentRefusedError` with the reason, and :class:`UnavailableError` when it could not be scanned.
    """
    shown = clean_name(name)
    kind = kind_of(content, name=shown)
    scanned = scan(content)
    with transaction.atomic():
        present = locked_for_drafting(account, question)
        asked = present.exchanges.filter(position=position).first()
        if asked is None:
            raise NotFoundError
        standing = AnswerDocument.objects.filter(asked__question=present, removed_at=None)
        if standing.count() >= MOST:
            raise refused(_("The answers have at most 20 documents. Remove one first."), "too-many")
        digest = store.keep(content, owner=present.uid)
        made = AnswerDocument.objects.create(
            asked=asked,
            at=now(),
            by=account.username,
            organisation=account.actor.organisation,
            name=shown,
            media_type=kind.value,
            size=len(content),
            digest=digest,
            scan=scanned,
        )
        record_act(
            actor=account.actor,
            kind=ActKind.QUESTION_ATTACHED,
            object_id=present.uid,
            details={
                "question": present.code,
                "exchange": str(asked.exchange),
                "document": str(made.pk),
                "sha256": digest,
                "size": str(made.size),
                "scan": scanned.value,
            },
        )
    return made
