"""The last version of a notification is given as a document, and that it was given is an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.cases.breaches.content import Notification
from compliance.cases.breaches.save_draft import save_draft
from compliance.cases.decide import Judgement, decide
from compliance.cases.raising.raise_cases import raise_cases
from compliance.cases.vocabulary import Outcome
from compliance.oversight.models import Act
from tests.cases.given import finding, found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


def test_the_last_version_is_given_as_pdf_once_there_is_one(cast: Mapping[str, Account], client_of: ClientOf) -> None:
    found(finding())
    case = raise_cases().opened[0]
    judgement = Judgement(outcome=Outcome.BREACH, reason="the user had no dossier of this person")
    decide(case=case, account=cast["officer"], judgement=judgement)
    address, officer = reverse("breach-pdf", args=[case.code]), client_of("officer")
    assert officer.get(address).status_code == 404
    notification = Notification(nature="Somebody looked.")
    save_draft(breach=case.breaches.get(), account=cast["officer"], notification=notification)
    assert officer.get(address).content.startswith(b"%PDF")
    assert Act.objects.filter(kind="report:exported", object_id=case.breaches.get().uid).exists()
    assert address in officer.get(reverse("breach", args=[case.code])).content.decode()
