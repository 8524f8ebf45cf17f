"""Documents are handed out to be saved, to whom may see the request, and are never shown in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compliance.authorisations.requests.attach import attach
from compliance.authorisations.requests.models import RequestAttachment
from compliance.documents.kind import LARGEST
from tests.authorisations.requests.asking import drafted, submitted
from tests.console.reading import words_of
from tests.documents.papers import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import Settings

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    settings.CLAMAV_SOCKET = None


def send(client: Client, code: str, content: bytes, name: str = "advies.pdf") -> HttpResponse:
    document = SimpleUploadedFile(name, content, "text/html")
    return client.post(reverse("portal-request-attach", args=[code]), {"document": document})  # type: ignore[return-value]


def test_a_document_is_added_listed_saved_and_removed(client_of: ClientOf, cast: Cast) -> None:
    request, client = drafted(cast), client_of("vdab-requester")
    review = reverse("portal-request-review", args=[request.code])
    assert send(client, request.code, pdf()).headers["Location"] == review
    made = RequestAttachment.objects.get()
    address = reverse("portal-request-attachment", args=[request.code, made.pk])
    page = client.get(review)
    assert address in page.content.decode()
    assert "advies.pdf" in words_of(page)

    answer = client.get(address)
    assert answer.content == pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''advies.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]

    assert client.post(f"{address}remove").headers["Location"] == review
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"<html>", "advies.pdf", "Only PDF, DOCX and ODT are kept."),
        (b"", "advies.pdf", "The document is empty."),
        (b"%PDF-1.4" + b" " * LARGEST, "advies.pdf", "Choose a document of at most 20 MiB."),
    ],
)
def test_what_is_refused_is_said_beside_the_field(
    client_of: ClientOf, cast: Cast, content: bytes, name: str, told: str
) -> None:
    answer = send(client_of("vdab-requester"), drafted(cast).code, content, name)
    assert answer.status_code == 422
    assert told in words_of(answer)


def test_when_the_scanner_is_away_nothing_is_kept_and_that_is_said(
    client_of: ClientOf, cast: Cast, settings: Settings
) -> None:
    settings.CLAMAV_SOCKET = "unix:/nowhere/clamd.ctl"
    answer = send(client_of("vdab-requester"), drafted(cast).code, pdf())
    assert answer.status_code == 503
    assert "does not answer. Nothing was kept" in words_of(answer)
    assert not RequestAttachment.objects.exists()


def test_anothers_document_looks_the_same_as_none(client_of: ClientOf, cast: Cast) -> None:
    request = submitted(cast)
    made = attach(request=request, account=cast["vdab-requester"], name="advies.pdf", content=pdf())
    vmsw = client_of("vmsw-requester")
    there = vmsw.get(reverse("portal-request-attachment", args=[request.code, made.pk]))
    nowhere = vmsw.get(reverse("portal-request-attachment", args=["AANVR-1999-0001", 1]))
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)
    for address in (
        reverse("portal-request-attach", args=[request.code]),
        reverse("portal-request-attachment-remove", args=[request.code, made.pk]),
    ):
        assert vmsw.post(address).status_code == 404
    assert client_of("officer").get(reverse("request-attachment", args=[request.code, made.pk])).content == pdf()


def test_a_document_of_a_draft_is_not_the_officers_to_see(client_of: ClientOf, cast: Cast) -> None:
    request = drafted(cast)
    made = attach(request=request, account=cast["vdab-requester"], name="advies.pdf", content=pdf())
    assert client_of("officer").get(reverse("request-attachment", args=[request.code, made.pk])).status_code == 404
