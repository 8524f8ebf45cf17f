"""Reminders and escalation: each moment of a term is told once, to whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from compliance.cases.questions.answer import answer
from compliance.cases.questions.extend import extend
from compliance.cases.questions.remind import reached, remind_of_questions
from compliance.cases.questions.vocabulary import Moment
from compliance.kernel.clock import BRUSSELS
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.terms import end_of_term
from tests.cases.questions.asking import asked, drafted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def told_at(at: datetime) -> set[tuple[str, str]]:
    return {(one.recipient.username, one.kind) for one in remind_of_questions(at=at)}


def test_each_moment_is_told_once_to_whom_it_concerns(cast: Cast) -> None:
    question = asked(cast)
    half = question.asked_at + (question.due_at - question.asked_at) / 2
    near = {("vdab-dpo", NoticeKind.ANSWERS_NEAR)}
    late = {
        ("vdab-dpo", NoticeKind.ANSWERS_LATE),
        ("officer", NoticeKind.ANSWERS_MISSING),
        ("vdab-requester", NoticeKind.ANSWERS_OWED),
    }
    assert told_at(half - SECOND) == set()
    assert told_at(half) == near
    assert told_at(half + SECOND) == set()
    assert told_at(question.due_at - timedelta(hours=25)) == near
    assert told_at(question.due_at - SECOND) == set()
    assert told_at(question.due_at) == late
    assert told_at(question.due_at + SECOND) == set()
    assert told_at(end_of_term(question.due_at, 5)) == late
    assert told_at(question.due_at + timedelta(days=100)) == set()


def test_after_a_pause_only_the_last_moment_is_told(cast: Cast) -> None:
    question = asked(cast)
    assert {kind for _who, kind in told_at(question.due_at + SECOND)} == {
        NoticeKind.ANSWERS_LATE,
        NoticeKind.ANSWERS_MISSING,
        NoticeKind.ANSWERS_OWED,
    }


def test_an_extension_begins_the_moments_anew(cast: Cast) -> None:
    question = asked(cast)
    told_at(question.due_at)
    later = end_of_term(question.due_at, 10)
    extend(
        question=question,
        account=cast["officer"],
        until=later.astimezone(BRUSSELS).date(),
        reason="De consulent is ziek.",
    )
    assert told_at(later) != set()


def test_who_answered_is_left_in_peace(cast: Cast) -> None:
    question = asked(cast)
    drafted(question, cast["vdab-dpo"])
    answer(question=question, account=cast["vdab-dpo"])
    assert told_at(question.due_at + timedelta(days=100)) == set()


def test_of_an_urgent_question_the_day_before_comes_before_the_half(cast: Cast) -> None:
    question = asked(cast, urgent=True)
    before_the_end = question.due_at - timedelta(hours=23)
    assert reached(question, before_the_end) == Moment.NEAR
