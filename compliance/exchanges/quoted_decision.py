"""An exchange held against the decision that it quotes. It is recorded whatever is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from compliance.authorisations.decision_id import TAGGED, Part, bits_of, judged_tag, read_decision, tags_of
from compliance.authorisations.question import Question
from compliance.exchanges.shape import user_group_of
from compliance.exchanges.vocabulary import DecisionFinding
from compliance.kernel.clock import microseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.decision_id import Decision
    from compliance.authorisations.judgement import Judgement
    from compliance.authorisations.snapshot import Snapshot
    from compliance.exchanges.submission import Submission

_SECOND = 1_000_000
# By how much the clock of who exchanges may be off, and how long it may take to ask after the exchange began.
CLOCKS = 60 * _SECOND


class Found(NamedTuple):
    """What was found, and in which facts the exchange differs from what was asked."""

    finding: DecisionFinding
    differs: tuple[Part, ...] = ()


def question_of(report: Submission) -> Question:
    """Return what should have been asked before this exchange."""
    asker, service = report.asker, report.service
    group = None if asker.user is None else asker.user.group
    return Question(
        asker=asker.organisation,
        on_behalf_of=asker.on_behalf_of,
        source=report.source,
        service=service.code,
        service_version=service.version,
        purpose=report.purpose,
        legal_basis=report.legal_basis,
        categories=report.categories_requested + report.categories_delivered,
        route=report.route,
        environment=report.environment,
        user_group=user_group_of(group=group, trigger=report.trigger),
    )


def hold_against(quoted: str, *, report: Submission, at: int, judgement: Judgement, snapshot: Snapshot) -> Found:
    """Compare an exchange that began ``at`` (microseconds since 1970), judged so, with the decision that it quotes."""
    decision = read_decision(quoted)
    if decision is None:
        return Found(DecisionFinding.NOT_OURS)
    differs = tuple(_differing(decision, question_of(report), snapshot))
    if differs:
        return Found(DecisionFinding.DIFFERS, differs)
    ended = at if report.ended_at is None else microseconds(report.ended_at)
    return Found(_in_time(decision, at, ended) or _answered(decision, judgement))


def _in_time(decision: Decision, began: int, ended: int) -> DecisionFinding | None:
    if decision.issued_at > ended + CLOCKS:
        return DecisionFinding.AFTERWARDS
    if not decision.at - CLOCKS <= began <= decision.at + settings.DECISION_SECONDS * _SECOND:
        return DecisionFinding.ANOTHER_TIME
    return None


def _answered(decision: Decision, judgement: Judgement) -> DecisionFinding:
    if not decision.permitted:
        return DecisionFinding.DENIED
    same = decision.judged == judged_tag(judgement)
    return DecisionFinding.MATCHES if same else DecisionFinding.JUDGED_OTHERWISE


def _differing(decision: Decision, question: Question, snapshot: Snapshot) -> Iterator[Part]:
    for part, asked, told in zip(TAGGED, decision.tags, tags_of(question), strict=True):
        if asked != told:
            yield part
    known = snapshot.categories
    for code in question.categories:
        # What the register does not know was not asked; neither was what does not fit in an identifier.
        number = bits_of([known[code]]) if code in known else 0
        if not number & decision.categories:
            yield Part.CATEGORIES
            return
