"""``GET /.well-known/authzen-configuration``: where this decision point is, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from compliance.api.access.answers import Metadata

if TYPE_CHECKING:
    from django.http import HttpRequest

_KEPT_SECONDS = 3_600


@require_safe
@cache_control(public=True, max_age=_KEPT_SECONDS)
def metadata(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the framework's signature
    """Return the addresses, which are public."""
    base = settings.SITE_URL.rstrip("/")
    found = Metadata(base, f"{base}/access/v1/evaluation", f"{base}/access/v1/evaluations")
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")
