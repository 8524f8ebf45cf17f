"""Where a person reads of requests: the keeper's people in the console, partners' in the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.access.roles import Capability

if TYPE_CHECKING:
    from compliance.access.models import Account


def address_for(account: Account, code: str) -> str:
    """Return the path of a request's page at the person's own door."""
    return reverse("request" if account.may(Capability.SEE_ALL_REQUESTS) else "portal-request", args=[code])
