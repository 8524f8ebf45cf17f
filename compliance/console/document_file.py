"""A document that somebody added, handed out as a file that a browser only saves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from compliance.documents import store

if TYPE_CHECKING:
    from uuid import UUID


def document_file(*, digest: str, owner: UUID, name: str, media_type: str) -> HttpResponse:
    """Return the bytes, never shown in the page. Raises :class:`DamagedDocumentError` when they are others or gone."""
    response = HttpResponse(store.read(digest, owner=owner), content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
