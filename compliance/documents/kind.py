"""Which kind of document bytes are: by what they hold, and not only by their name."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.documents.refused import refused

if TYPE_CHECKING:
    from compliance.documents.refused import DocumentRefusedError

MEBIBYTE = 1024 * 1024
LARGEST = 20 * MEBIBYTE
UNPACKED = 200 * MEBIBYTE
MEMBERS = 2_000
TIMES = 200
"""How many times smaller a packed part may be: text and XML reach some dozens, a bomb thousands."""
SMALL = 64 * 1024
TAIL = 2_048
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")
MACROS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "activex/")


class DocumentKind(StrEnum):
    """The kinds that are kept, by their media types."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"


SUFFIXES = {DocumentKind.PDF: ".pdf", DocumentKind.DOCX: ".docx", DocumentKind.ODT: ".odt"}


def kind_of(content: bytes, *, name: str) -> DocumentKind:
    """Return the kind. Raises :class:`DocumentRefusedError` with what is wrong and what to do about it."""
    if not content:
        raise refused(_("The document is empty."), "empty")
    if len(content) > LARGEST:
        raise refused(_("A document is at most 20 MiB. Make it smaller, or add it in parts."), "too-large")
    if content.startswith(b"%PDF-"):
        kind = _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        kind = _packed(content)
    elif content.startswith(OLD_WORD):
        raise refused(_("This is an old Word document, or one with a password. Save it as PDF."), "old-or-protected")
    else:
        raise _another_kind()
    if not name.lower().endswith(SUFFIXES[kind]):
        told = _("The name does not fit what the document is. Give it a name that ends in %(suffix)s.")
        raise refused(told % {"suffix": SUFFIXES[kind]}, "another-name")
    return kind


def _another_kind() -> DocumentRefusedError:
    return refused(_("Only PDF, DOCX and ODT are kept. Save the document as one of these."), "another-kind")


def _damaged() -> DocumentRefusedError:
    return refused(_("The document is damaged or not complete. Save it again, and add that."), "damaged")


def _protected() -> DocumentRefusedError:
    return refused(_("The document is protected with a password. Save it without."), "protected")


def _pdf(content: bytes) -> DocumentKind:
    if not content[5:8].startswith((b"1.", b"2.")) or b"%%EOF" not in content[-TAIL:]:
        raise _damaged()
    if b"/Encrypt" in content:
        raise _protected()
    return DocumentKind.PDF


def _packed(content: bytes) -> DocumentKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive.infolist())
            kind = _kind_of_members(archive)
            if archive.testzip() is not None:  # also finds a part that says less of its size than it unpacks to
                raise _damaged()
            return kind
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if any(member.flag_bits & 0x1 for member in members):
        raise _protected()
    if (
        len(members) > MEMBERS
        or sum(member.file_size for member in members) > UNPACKED
        or any(member.file_size > SMALL + TIMES * member.compress_size for member in members)
    ):
        raise refused(_("The document unpacks to far more than it is. Save it as PDF."), "bomb")
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise _damaged()
    if any(name.startswith(mark) or f"/{mark}" in name or name.endswith(mark) for name in names for mark in MACROS):
        raise refused(_("The document holds macros. Save it without, or as PDF."), "macros")


def _kind_of_members(archive: zipfile.ZipFile) -> DocumentKind:
    names = set(archive.namelist())
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        if b"macroenabled" in _small(archive, "[Content_Types].xml").lower():
            raise refused(_("The document holds macros. Save it without, or as PDF."), "macros")
        return DocumentKind.DOCX
    if {"mimetype", "content.xml", "META-INF/manifest.xml"} <= names:
        if b"encryption-data" in _small(archive, "META-INF/manifest.xml"):
            raise _protected()
        if _small(archive, "mimetype").strip() == DocumentKind.ODT.encode():
            return DocumentKind.ODT
    raise _another_kind()


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part that is small in every honest document; no more of it is read."""
    with archive.open(name) as part:
        return part.read(MEBIBYTE)
