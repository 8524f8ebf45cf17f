"""Write a note on a case: what was found out, for whoever reads it after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.move import locked, move, require
from compliance.cases.said import stated
from compliance.cases.vocabulary import CaseAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.models import Case, CaseEvent


@transaction.atomic
def note(*, case: Case, account: Account, words: str) -> CaseEvent:
    """Add a note, also to a case that is decided. One transaction. Raises :class:`InvalidInputError`."""
    case = locked(case)
    require(case, act=CaseAct.NOTE, account=account)
    told = stated(words, field="words", shortest=1)
    return move(case, act=CaseAct.NOTE, actor=account.actor, at=now(), words=told)
