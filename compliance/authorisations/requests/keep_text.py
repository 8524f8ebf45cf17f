"""Keep exactly what a request says now, so that what is done about it stays about that."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.authorisations.requests.content import content_digest, material_digest
from compliance.authorisations.requests.models import RequestText
from compliance.authorisations.requests.protocol import official_text

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.requests.models import AuthorisationRequest


def keep_text(request: AuthorisationRequest, *, at: datetime, conditions: str = "") -> RequestText:
    """Return the kept text of what a request says now; kept once. In the caller's transaction."""
    content = request.said
    text = official_text(content, reference=request.code, conditions=conditions)
    kept, _is_new = RequestText.objects.get_or_create(
        request=request,
        digest=content_digest(content),
        protocol_digest=sha256(text.encode()).hexdigest(),
        defaults={
            "material": material_digest(content),
            "content": request.content,
            "protocol": text,
            "kept_at": at,
        },
    )
    return kept
