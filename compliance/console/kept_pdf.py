"""The PDF of a published text, kept for a while: anyone may ask for it, and making it takes a third of a second."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core.cache import cache
from redis.exceptions import RedisError

from compliance.reporting.protocols.document import document_of_text
from compliance.reporting.protocols.protocol_pdf import protocol_pdf

if TYPE_CHECKING:
    from compliance.reporting.protocols.published import Edition

KEPT_SECONDS = 3600


def kept_pdf(edition: Edition) -> bytes:
    """Return the document of an edition, which never changes; made anew when the cache does not have it."""
    key = f"protocol-pdf:{edition.text.pk}:{edition.text.protocol_digest}"
    with suppress(RedisError):
        kept: bytes | None = cache.get(key)
        if kept is not None:
            return kept
    made = protocol_pdf(document_of_text(edition.text))
    with suppress(RedisError):
        cache.set(key, made, timeout=KEPT_SECONDS)
    return made
