"""Only documents that are what they say, and that were scanned where a scanner is, are kept."""

from __future__ import annotations

import io
import stat
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.documents import store
from compliance.documents.kind import LARGEST, DocumentKind, kind_of
from compliance.documents.name import LONGEST, clean_name
from compliance.documents.refused import DocumentRefusedError
from compliance.documents.scan import scan
from compliance.documents.vocabulary import ScanState
from compliance.kernel.errors import UnavailableError
from tests.documents.papers import EICAR, clamd, docx, odt, packed, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

REQUEST = UUID("0159490e-d214-74f9-81e7-978cbeb1e80e")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "advies.pdf", DocumentKind.PDF),
        (pdf(), "ADVIES.PDF", DocumentKind.PDF),
        (docx(), "nota.docx", DocumentKind.DOCX),
        (odt(), "nota.odt", DocumentKind.ODT),
    ],
)
def test_a_document_is_known_by_what_it_holds(content: bytes, name: str, kind: DocumentKind) -> None:
    assert kind_of(content, name=name) is kind


def protected() -> bytes:
    """Return a zip whose members say that they are encrypted."""
    content = bytearray(docx())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            content[member.header_offset + 6] |= 1
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """Return a zip of which a part says less of its size than it unpacks to."""
    content = bytearray(docx(**{"word/large.xml": b"a" * 50_000}))
    place = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
    place = content.find(b"PK\x01\x02", place + 1)
    content[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leeg.pdf", "empty"),
        (b"%PDF-1.4 " + b"x" * LARGEST, "groot.pdf", "too-large"),
        (pdf()[:-7], "half.pdf", "damaged"),
        (pdf(b"/Encrypt 5 0 R"), "slot.pdf", "protected"),
        (b"MZ" + pdf(), "advies.pdf", "another-kind"),
        (b"<html></html>", "advies.pdf", "another-kind"),
        (pdf(), "advies.docx", "another-name"),
        (docx(), "nota.pdf", "another-name"),
        (docx(**{"word/vbaProject.bin": b"x"}), "nota.docx", "macros"),
        (odt(**{"Basic/Standard/Module1.xml": b"x"}), "nota.odt", "macros"),
        (
            docx(**{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "n.docx",
            "macros",
        ),
        (odt(**{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "nota.odt", "protected"),
        (protected(), "nota.docx", "protected"),
        (docx(**{"word/bomb.xml": b"0" * 30_000_000}), "nota.docx", "bomb"),
        (packed({f"word/{number}": b"" for number in range(2_001)}), "nota.docx", "bomb"),
        (lying(), "nota.docx", "damaged"),
        (docx(**{"../../etc/passwd": b"x"}), "nota.docx", "damaged"),
        (docx()[:-30], "nota.docx", "damaged"),
        (packed({"any.txt": b"x"}), "nota.docx", "another-kind"),
        (odt(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "nota.odt", "another-kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "nota.doc", "old-or-protected"),
    ],
)
def test_what_is_refused_says_why(content: bytes, name: str, code: str) -> None:
    with pytest.raises(DocumentRefusedError) as refused:
        kind_of(content, name=name)
    assert [error.code for error in refused.value.errors] == [code]


@given(st.binary(max_size=400), st.sampled_from([b"%PDF-1.", b"PK\x03\x04", b""]))
def test_no_bytes_end_in_another_error(content: bytes, start: bytes) -> None:
    with suppress(DocumentRefusedError):
        assert kind_of(start + content, name="x.pdf") in DocumentKind


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("advies.pdf", "advies.pdf"),
        (r"C:\Users\an\advies.pdf", "advies.pdf"),
        ("../../advies.pdf", "advies.pdf"),
        ("advies\u202efdp.exe.pdf", "adviesfdp.exe.pdf"),
        ('..a"b<c>  d\n.pdf', "a b c d.pdf"),
        ("é" * 300 + ".pdf", "é" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_clean_name_stays_as_it_is(given_name: str) -> None:
    try:
        once = clean_name(given_name)
    except DocumentRefusedError:
        return
    assert clean_name(once) == once
    assert len(once) <= LONGEST
    assert not set(once) & set('/\\<>"\n\r\0')


def test_a_name_with_a_national_number_is_refused() -> None:
    with pytest.raises(DocumentRefusedError):
        clean_name("dossier 46.41.99-001.28.pdf".replace("46.41.99-001.28", "46419900128"))


def test_without_a_scanner_that_is_told(settings: Settings) -> None:
    settings.CLAMAV_SOCKET = None
    assert scan(pdf()) is ScanState.NOT_SCANNED


def test_a_clean_document_passes_the_scanner(settings: Settings, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMAV_SOCKET:
        assert scan(pdf(b"x" * 200_000)) is ScanState.CLEAN


def test_a_virus_is_refused_and_named_so(settings: Settings, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMAV_SOCKET, pytest.raises(DocumentRefusedError) as refused:
        scan(pdf(EICAR))
    assert [error.code for error in refused.value.errors] == ["infected"]


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but not quite\0"])
def test_a_scanner_that_does_not_know_lets_nothing_through(settings: Settings, tmp_path: Path, answer: bytes) -> None:
    with clamd(tmp_path, answer=answer) as settings.CLAMAV_SOCKET, pytest.raises(UnavailableError):
        scan(pdf())


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
def test_a_scanner_that_is_away_lets_nothing_through(settings: Settings, address: str) -> None:
    settings.CLAMAV_SOCKET = address
    with pytest.raises(UnavailableError):
        scan(pdf())


def test_bytes_are_kept_for_the_service_alone(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    digest = store.keep(pdf(), owner=REQUEST)
    assert store.read(digest, owner=REQUEST) == pdf()
    (file,) = [one for one in settings.ATTACHMENTS_DIR.rglob("*") if one.is_file()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_bytes_that_were_changed_are_not_handed_out(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path
    digest = store.keep(pdf(), owner=REQUEST)
    (tmp_path / REQUEST.hex / digest).write_bytes(pdf(b"changed"))
    with pytest.raises(store.DamagedDocumentError):
        store.read(digest, owner=REQUEST)
    store.erase(digest, owner=REQUEST)
    with pytest.raises(store.DamagedDocumentError):
        store.read(digest, owner=REQUEST)
