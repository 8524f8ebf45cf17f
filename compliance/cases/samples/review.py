"""Review one exchange of a sample, blind to what detectors and others found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from compliance.access.roles import Capability
from compliance.cases.open_case import open_case
from compliance.cases.samples.models import SampleReview, SampleTurn
from compliance.cases.samples.vocabulary import Judgement
from compliance.cases.vocabulary import CaseKind
from compliance.exchanges.reveal import SHORTEST_REASON
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import date

    from compliance.access.models import Account
    from compliance.cases.samples.models import SampleItem

SAMPLING: Final = system("sampling")
SEVERITY: Final = 50
"""As grave as a pattern that a detector is fairly sure of: a person saw no reason."""


def review(*, month: date, number: int, account: Account, judgement: Judgement, reason: str = "") -> SampleReview:
    """Keep what the reviewer found, for ever, with its entry in the ledger: one durable transaction.

    Raises :class:`ForbiddenError` for who reviews no samples, :class:`NotFoundError` for an exchange that is not theirs
    to review, :class:`ConflictError` when they judged it before, and :class:`InvalidInputError` when a judgement other
    than justified comes without a reason of ten characters, or with a national number in it.
    """
    told = reason.strip()
    if not account.may(Capability.REVIEW_SAMPLES):
        raise ForbiddenError
    if holds_insz(told):
        detail = "This holds a national number, and a reason is kept in clear. Leave it out."
        raise InvalidInputError(errors=(FieldError("/reason", detail, "holds-national-number"),))
    if judgement is not Judgement.JUSTIFIED and len(told) < SHORTEST_REASON:
        detail = "Say in at least ten characters why it is not justified, or what is missing to tell."
        raise InvalidInputError(errors=(FieldError("/reason", detail, "reason-too-short"),))
    with transaction.atomic(durable=True):
        turns = SampleTurn.objects.select_for_update(of=("self",)).select_related("item__draw")
        turn = turns.filter(item__draw__month=month, item__number=number, reviewer=account).first()
        if turn is None:
            raise NotFoundError
        if SampleReview.objects.filter(turn=turn).exists():
            message = "You judged this exchange before. What was judged stays as it is."
            raise ConflictError(message)
        act = record_act(
            actor=account.actor,
            kind=ActKind.SAMPLE_REVIEWED,
            object_id=turn.item.exchange,
            reason=told,
            details={"month": f"{month:%Y-%m}", "number": str(number), "judgement": judgement.value},
        )
        made = SampleReview.objects.create(
            turn=turn, reviewer=account.username, at=now(), judgement=judgement, reason=told, act=act
        )
        _open_case(turn.item)
    return made


def _open_case(item: SampleItem) -> None:
    """Open a case of what was judged not to be justified, once nobody has to judge it any more: all judge blind."""
    if item.turns.filter(review=None).exists():
        return
    if not item.turns.filter(review__judgement=Judgement.UNJUSTIFIED).exists():
        return
    month = f"{item.draw.month:%Y-%m}"
    facts = {"month": month, "number": str(item.number), "exchange": str(item.exchange)}
    open_case(
        kind=CaseKind.SAMPLE,
        key=f"{month}/{item.number}",
        facts=facts,
        severity=SEVERITY,
        actor=SAMPLING,
        partner=item.partner,
        service=item.service,
    )
