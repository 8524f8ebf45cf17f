"""Whether an exchange may take place: the same verdict as recording gives, without writing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.decision_id import write_decision
from compliance.authorisations.judge import PRODUCTION
from compliance.authorisations.snapshot import usage_between

if TYPE_CHECKING:
    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.question import Question
    from compliance.authorisations.snapshot import Document, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The answer to a question: the verdict, the paper that it rests on, and the identifier to quote."""

    judgement: Judgement
    document: Document | None
    decision_id: str


def evaluate(*, question: Question, at: int, issued_at: int, snapshot: Snapshot) -> Evaluation:
    """Judge a question at a moment (microseconds since 1970), as an exchange of that moment would be judged.

    Ceilings count the uses that the followers have counted. One query where the parties have an
    instrument with a ceiling, else none.
    """
    shape = question.shape
    usage = None  # only production is held against ceilings
    if shape.environment == PRODUCTION:
        usage = usage_between(snapshot, recipient=shape.recipient, provider=shape.provider, at=at)
    judgement = snapshot.coverage.judge(shape, at=at, user_group=question.user_group, usage=usage)
    known = snapshot.categories
    return Evaluation(
        judgement=judgement,
        document=snapshot.documents.get(judgement.authorisation),
        decision_id=write_decision(
            question=question,
            categories=[known[code] for code in question.categories if code in known],
            judgement=judgement,
            issued_at=issued_at,
            at=at,
        ),
    )
