"""Remove a document from a drafted answer: nobody was asked to look at it yet, so that its bytes go too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.questions.models import AnswerDocument
from compliance.cases.questions.move import locked, locked_for_drafting
from compliance.documents import store
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def remove_document(*, question: PartnerQuestion, account: Account, document_id: int) -> AnswerDocument:
    """Take a document from the drafts; that it was there stays on record. One transaction."""
    present = locked_for_drafting(account, question)
    standing = AnswerDocument.objects.filter(asked__question=present, pk=document_id, removed_at=None).first()
    if standing is None:
        raise NotFoundError
    standing.removed_at, standing.removed_by = now(), account.username
    standing.save(update_fields=["removed_at", "removed_by"])
    record_act(
        actor=account.actor,
        kind=ActKind.QUESTION_ATTACHMENT_REMOVED,
        object_id=present.uid,
        details={"question": present.code, "document": str(standing.pk), "sha256": standing.digest},
    )
    transaction.on_commit(partial(_erase_unused, present, standing.digest))
    return standing


@transaction.atomic
def _erase_unused(question: PartnerQuestion, digest: str) -> None:
    """Erase bytes that no document of the question holds any more; under its lock, so that none comes meanwhile."""
    present = locked(question)
    if not AnswerDocument.objects.filter(asked__question=present, digest=digest, removed_at=None).exists():
        store.erase(digest, owner=present.uid)
