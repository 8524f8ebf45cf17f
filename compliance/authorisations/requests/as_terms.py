"""What a request asks, as terms to judge history by: what if it had stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.put_in_place import drafted_terms
from compliance.authorisations.requests.as_version import LIVE, as_version

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.authorisations.terms import Terms


def as_terms(request: AuthorisationRequest, *, at: datetime) -> Terms:
    """Return the terms under the instrument that the request changes, or else under one of its own."""
    draft = as_version(request.said, environments=LIVE, valid_from=at)
    replaced = request.authorisation if request.replaces else None
    return drafted_terms(draft, authorisation=request.code if replaced is None else replaced.code)
