"""Who reads a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from django.http import HttpRequest


def reader_of(request: HttpRequest) -> Account:
    """Return the account that is signed in. Raises :class:`ForbiddenError` when there is none."""
    if not isinstance(request.user, Account):
        raise ForbiddenError
    return request.user
