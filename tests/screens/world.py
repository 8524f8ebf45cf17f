"""A small, committed world for the browser: exchanges, figures, uses, a request and a look on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.cases.decide import Judgement, decide
from compliance.cases.vocabulary import Outcome
from compliance.connecting.load_examples import load_examples
from compliance.kernel.clock import now
from compliance.notices.mark_read import mark_read
from compliance.notices.vocabulary import NoticeKind
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount
from tests.authorisations.requests.asking import granted, live, submitted, talked_about
from tests.cases.questions.asking import answered, asked
from tests.console.cases.flagged import case_of, same_person_again, sought_person, volume_spike, without_dossiers
from tests.console.exchanges import AT, VMSW, recorded, recorded_many
from tests.console.figures import counted
from tests.console.uses import quarter_of_vdab
from tests.notices.telling import told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from compliance.access.models import Account


class World(NamedTuple):
    """Whom and what the browser can be shown."""

    cast: Mapping[str, Account]
    covered: UUID
    outside: UUID
    request: str
    draft: str
    changed: str
    granted: str
    protocol: str
    question: str = ""
    answered: str = ""
    people: str = ""
    volume: str = ""
    leaked: str = ""


def make_world(cast: Mapping[str, Account]) -> World:
    """Record, count and look."""
    recorded_many(52)
    covered = recorded(message_reference="covered", started_at=(AT + timedelta(days=1)).isoformat(), ended_at=None)
    outside = recorded(
        message_reference="outside",
        started_at=(AT + timedelta(days=2)).isoformat(),
        ended_at=None,
        categories_delivered=["IDENTIFICATION", "MEDICAL-EXEMPTION"],
        outcome="failed",
    )
    recorded(**VMSW)
    recorded(message_reference="correction", outcome="refused", corrects=str(covered))
    for month in range(1, 13):
        for partner, count in (("VDAB", 51_243), ("VMSW", 211_348), ("CVO-CBE", 1_078_184)):
            counted(MonthCount, month=date(2016, month, 1), partner=partner, count=count // month)
    counted(HourCount, partner="VDAB", verdict="category-outside", count=3)
    counted(HourCount, partner="VDAB", verdict="expired", count=2)
    counted(HourCount, partner="VMSW", count=5_000)
    FollowerCursor.objects.create(follower="statistics", next_xid=1, moved_at=now())
    record_act(
        actor=cast["second-officer"].actor,
        kind=ActKind.IDENTITY_REVEALED,
        object_id=outside,
        reason="Case 2026/14, a complaint",
    )
    told([cast["vdab-dpo"]], address="/portal/authorisations/")
    mark_read(account=cast["vdab-dpo"], notice_id=told([cast["vdab-dpo"]], kind=NoticeKind.ADVICE_GIVEN)[0].pk)
    quarter_of_vdab()
    amendment = submitted(cast, kind=RequestKind.AMENDMENT, of=Authorisation.objects.get(code="VTC-VB-2014-01"))
    draft = draft_request(account=cast["vdab-requester"])
    load_examples()
    changed, given = talked_about(cast), granted(cast)
    published = live(cast).granted
    assert published is not None
    codes = (amendment, draft, changed, given, published)
    return World(cast, covered, outside, *(one.code for one in codes))


def with_cases(world: World) -> World:
    """Let detectors have found something: cases of people and volumes, a data breach, questions to VDAB."""
    cast, covered, outside = world.cast, world.covered, world.outside
    answers = answered(cast, exchanges=[outside])
    question = asked(cast, exchanges=[covered, outside])
    people, volume, leaked = (case_of(make) for make in (same_person_again, volume_spike, without_dossiers))
    case_of(sought_person)
    why = "Somebody looked at a neighbour."
    decide(case=leaked, account=cast["officer"], judgement=Judgement(outcome=Outcome.BREACH, reason=why))
    return world._replace(
        question=question.code, answered=answers.code, people=people.code, volume=volume.code, leaked=leaked.code
    )
