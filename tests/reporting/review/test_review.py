"""The review of a period tells what people did, and no more."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from pypdf import PdfReader

from compliance.cases.assign import assign
from compliance.cases.decide import Judgement, decide
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.samples.models import SampleTurn
from compliance.cases.samples.review import review as judge
from compliance.cases.samples.vocabulary import Judgement as Found
from compliance.cases.vocabulary import Outcome
from compliance.kernel.clock import BRUSSELS, now
from compliance.reporting.review.present_review import present_review
from compliance.reporting.review.review import review_of
from compliance.reporting.review.review_pdf import review_pdf
from tests.cases.given import finding, found
from tests.cases.samples import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from compliance.access.models import Account
    from compliance.cases.models import Case

pytestmark = pytest.mark.usefixtures("transactional_db")


def _today() -> date:
    return now().astimezone(BRUSSELS).date()


def _raised() -> Case:
    found(finding())
    (case,) = raise_cases().opened
    return case


def _decided(cast: Mapping[str, Account]) -> Case:
    case = _raised()
    assign(case=case, account=cast["officer"], to=cast["officer"])
    reason = "The counsellor showed the dossier of the client"
    decide(case=case, account=cast["officer"], judgement=Judgement(outcome=Outcome.EXPLAINED, reason=reason))
    return case


def test_what_was_decided_today_stands_in_the_review_of_today(cast: Mapping[str, Account]) -> None:
    _decided(cast)
    today = review_of(since=_today(), until=_today())
    (people,) = [one for one in today.cases if one.opened]
    assert (people.opened, people.decided, dict(people.outcomes)) == (1, 1, {Outcome.EXPLAINED: 1})
    assert today.active_days == today.days
    before = review_of(since=_today() - timedelta(days=9), until=_today() - timedelta(days=1))
    assert sum(one.opened + one.decided for one in before.cases) == 0


def test_what_is_open_at_the_end_is_told(cast: Mapping[str, Account]) -> None:
    _raised()
    (people,) = review_of(since=_today(), until=_today()).cases
    assert (people.decided, people.open_at_end, people.hours) == (0, 1, None)


def test_samples_tell_how_much_was_looked_at(cast: Mapping[str, Account]) -> None:
    draw = drawing.drawn(10, wanted=4)
    for turn in SampleTurn.objects.filter(item__draw=draw).select_related("item", "reviewer"):
        judge(month=drawing.MONTH, number=turn.item.number, account=turn.reviewer, judgement=Found.JUSTIFIED)
    seen = review_of(since=_today(), until=_today())
    assert (seen.sample_months, seen.samples.reviewed, seen.samples.drawn) == (1, 4, 4)


@pytest.mark.parametrize(("language", "title"), [("en", "Review of access"), ("nl", ""), ("fr", "")])
def test_it_becomes_a_document_in_each_language(cast: Mapping[str, Account], language: str, title: str) -> None:
    case = _decided(cast)
    with translation.override(language):
        told = present_review(review_of(since=_today(), until=_today()), language)
        document = PdfReader(BytesIO(review_pdf(told, at=now())))
    text = "".join(page.extract_text() for page in document.pages)
    assert title in text
    assert told.foot[:40] in " ".join(text.split())
    assert case.code not in text  # of cases only figures
    assert document.metadata is not None
    assert document.metadata.title == f"{told.title}, {told.period}"


def test_a_period_without_anything_says_so(cast: Mapping[str, Account]) -> None:
    since = _today() - timedelta(days=400)
    with translation.override("en"):
        told = present_review(review_of(since=since, until=since), "en")
    sentences = " ".join(sentence for section in told.sections for sentence in section.sentences)
    assert "There were no cases." in sentences
    assert "No sample was drawn in this period." in sentences
    assert "No data breach was found." in sentences
