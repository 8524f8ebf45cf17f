"""The notification of a breach as a document: what was kept, in the reader's language, the same on any day."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from compliance.cases.breaches.propose_notification import propose_notification
from compliance.cases.breaches.save_draft import save_draft
from compliance.cases.decide import Judgement, decide
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.vocabulary import Outcome
from compliance.reporting.breaches.notification_pdf import notification_pdf
from tests.cases.given import finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from compliance.cases.breaches.models import BreachDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Mapping[str, Account]) -> BreachDraft:
    found(finding(persons=1_240))
    case = raise_cases().opened[0]
    judgement = Judgement(outcome=Outcome.BREACH, reason="the user had no dossier of these persons")
    decide(case=case, account=cast["officer"], judgement=judgement)
    breach = case.breaches.get()
    with override("en"):
        return save_draft(breach=breach, account=cast["officer"], notification=propose_notification(breach))


def test_the_document_says_what_was_kept_and_what_is_still_asked(draft: BreachDraft) -> None:
    with override("en"):
        made = PdfReader(BytesIO(notification_pdf(draft)))
    words = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert draft.breach.case.code in words
    assert "1,240" in words
    assert "VDAB" in words
    assert "not known yet" in words
    assert made.metadata is not None
    assert made.metadata.title == "Notification of a personal data breach"


def test_the_same_version_gives_the_same_bytes(draft: BreachDraft) -> None:
    assert notification_pdf(draft) == notification_pdf(draft)
