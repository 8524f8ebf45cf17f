"""Documents come with a request by who takes part in it, and every one leaves a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.requests.attach import MOST, attach
from compliance.authorisations.requests.models import RequestAttachment
from compliance.authorisations.requests.move import NotNowError
from compliance.authorisations.requests.remove_attachment import remove_attachment
from compliance.authorisations.requests.sign import sign, text_to_sign
from compliance.authorisations.requests.withdraw_request import withdraw_request
from compliance.documents import store
from compliance.documents.refused import DocumentRefusedError
from compliance.documents.vocabulary import ScanState
from compliance.kernel.errors import ForbiddenError, NotFoundError, UnavailableError
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.authorisations.requests.asking import drafted, granted, submitted
from tests.documents.papers import EICAR, clamd, pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    settings.CLAMAV_SOCKET = None


def add(request: AuthorisationRequest, account: Account, content: bytes = b"") -> RequestAttachment:
    return attach(request=request, account=account, name="advies.pdf", content=content or pdf())


def test_what_is_attached_is_kept_and_recorded(cast: Cast) -> None:
    request = drafted(cast)
    made = add(request, cast["vdab-requester"])
    assert store.read(made.digest, owner=request.uid) == pdf()
    assert (made.media_type, made.scan, made.by) == ("application/pdf", ScanState.NOT_SCANNED, "vdab-requester")
    act = Act.objects.filter(kind=ActKind.REQUEST_ATTACHED).get()
    assert (act.object_id, act.actor) == (request.uid, "vdab-requester")


def test_while_it_is_written_only_its_makers_attach(cast: Cast) -> None:
    request = drafted(cast)
    with pytest.raises(ForbiddenError):
        add(request, cast["vdab-dpo"])
    for stranger in ("vmsw-requester", "officer", "nobody"):
        with pytest.raises(NotFoundError):
            add(request, cast[stranger])


def test_afterwards_everyone_who_takes_part_attaches_and_removes_their_own(cast: Cast) -> None:
    request = submitted(cast)
    made = add(request, cast["officer"])
    add(request, cast["vdab-dpo"])
    with pytest.raises(ForbiddenError):
        remove_attachment(attachment=made, account=cast["vdab-requester"])
    with pytest.raises(ForbiddenError):
        add(request, cast["auditor"])
    assert remove_attachment(attachment=made, account=cast["officer"]).removed_by == "officer"
    assert Act.objects.filter(kind=ActKind.REQUEST_ATTACHMENT_REMOVED).count() == 1
    with pytest.raises(NotFoundError):
        remove_attachment(attachment=made, account=cast["officer"])


def test_nothing_is_attached_to_what_has_ended(cast: Cast) -> None:
    request = submitted(cast)
    withdraw_request(request=request, account=cast["vdab-requester"], why="Niet meer nodig.")
    with pytest.raises(NotNowError):
        add(request, cast["vdab-requester"])


def test_bytes_go_with_the_last_document_that_holds_them_while_nobody_was_asked_to_look(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = drafted(cast)
    first, second = (add(request, cast["vdab-requester"]) for _time in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=first, account=cast["vdab-requester"])
    assert store.read(second.digest, owner=request.uid) == pdf()
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=second, account=cast["vdab-requester"])
    with pytest.raises(store.DamagedDocumentError):
        store.read(second.digest, owner=request.uid)


def test_bytes_that_people_advised_on_stay(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    request = submitted(cast)
    made = add(request, cast["vdab-dpo"])
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=made, account=cast["vdab-dpo"])
    assert store.read(made.digest, owner=request.uid) == pdf()


def test_what_was_signed_stays(cast: Cast) -> None:
    request = granted(cast)
    made = add(request, cast["vdab-requester"])
    digest = text_to_sign(request).protocol_digest
    sign(request=request, account=cast["vdab-requester"], protocol_digest=digest, document=made)
    with pytest.raises(NotNowError):
        remove_attachment(attachment=made, account=cast["vdab-requester"])


def test_a_request_has_so_many_documents_and_no_more(cast: Cast) -> None:
    request = drafted(cast)
    for number in range(MOST):
        add(request, cast["vdab-requester"], pdf(b"%d" % number))
    with pytest.raises(DocumentRefusedError):
        add(request, cast["vdab-requester"])


def test_of_what_the_scanner_does_not_pass_nothing_is_kept(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    request = drafted(cast)
    with clamd(tmp_path) as settings.CLAMAV_SOCKET, pytest.raises(DocumentRefusedError):
        add(request, cast["vdab-requester"], pdf(EICAR))
    with pytest.raises(UnavailableError):  # the scanner is away now
        add(request, cast["vdab-requester"])
    assert not RequestAttachment.objects.exists()
    assert not settings.ATTACHMENTS_DIR.exists()


def test_a_scanned_document_says_so(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMAV_SOCKET:
        assert add(drafted(cast), cast["vdab-requester"]).scan == ScanState.CLEAN


def test_without_a_place_nothing_is_attached(cast: Cast, settings: Settings) -> None:
    settings.ATTACHMENTS_DIR = None
    with pytest.raises(UnavailableError):
        add(drafted(cast), cast["vdab-requester"])
