"""The bytes of documents, outside the web root: a folder for each thing they belong to, a file named by its SHA-256."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from compliance.kernel.errors import ComplianceError, UnavailableError

if TYPE_CHECKING:
    from uuid import UUID

ONLY_OURS = 0o600
ONLY_OUR_FOLDER = 0o700


class DamagedDocumentError(ComplianceError):
    """The bytes in the store are not those that were attached."""

    problem_type = "damaged-document"
    title = "The document is not there as it was attached. Tell the operator."


def can_keep() -> bool:
    """Tell whether there is a place for documents."""
    return settings.ATTACHMENTS_DIR is not None


def keep(content: bytes, *, owner: UUID) -> str:
    """Write bytes durably, and return their SHA-256. What is there already is written anew, the same."""
    digest = sha256(content).hexdigest()
    file = _file(owner, digest)
    for folder in (file.parent.parent, file.parent):
        folder.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, ONLY_OURS)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    draft.replace(file)
    _sync(file.parent)
    _sync(file.parent.parent)
    return digest


def read(digest: str, *, owner: UUID) -> bytes:
    """Return the bytes. Raises :class:`DamagedDocumentError` when they are gone or are others."""
    try:
        content = _file(owner, digest).read_bytes()
    except OSError as error:
        raise DamagedDocumentError from error
    if sha256(content).hexdigest() != digest:
        raise DamagedDocumentError
    return content


def erase(digest: str, *, owner: UUID) -> None:
    """Let bytes go."""
    with suppress(FileNotFoundError):
        _file(owner, digest).unlink()


def _file(owner: UUID, digest: str) -> Path:
    if settings.ATTACHMENTS_DIR is None:
        raise UnavailableError(_("Documents cannot be added here: the service has no place for them."))
    return Path(settings.ATTACHMENTS_DIR) / owner.hex / digest


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
