"""A question to VDAB about two of its exchanges, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.questions.answer import answer
from compliance.cases.questions.ask import ask
from compliance.cases.questions.save_drafts import Drafted, save_drafts
from compliance.cases.questions.vocabulary import AnswerReason
from tests.console.exchanges import recorded_many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion

    Cast = Mapping[str, Account]

TEXT = "Waarom zijn deze dossiers op zaterdag geraadpleegd?"
GROUND = "Bemiddeling liep, zie het dossier van de consulent."


def asked(
    cast: Cast, *, exchanges: Sequence[UUID] = (), urgent: bool = False, follows: PartnerQuestion | None = None
) -> PartnerQuestion:
    """Ask VDAB about two exchanges, or about these."""
    chosen = exchanges or recorded_many(2)
    return ask(account=cast["officer"], exchanges=chosen, text=TEXT, urgent=urgent, follows=follows)


def drafted(question: PartnerQuestion, account: Account, *, reason: str = AnswerReason.DOSSIER) -> None:
    """Draft the same answer about each exchange."""
    positions = question.exchanges.values_list("position", flat=True)
    save_drafts(question=question, account=account, drafts={one: Drafted(reason, GROUND) for one in positions})


def answered(cast: Cast, *, reason: str = AnswerReason.DOSSIER, exchanges: Sequence[UUID] = ()) -> PartnerQuestion:
    """Ask, and have it answered."""
    question = asked(cast, exchanges=exchanges)
    drafted(question, cast["vdab-dpo"], reason=reason)
    return answer(question=question, account=cast["vdab-dpo"])
