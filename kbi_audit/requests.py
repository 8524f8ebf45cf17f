"""Every log event of one request carries the same identifier, and the answer names it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class RequestIdentifier:
    """Binds a fresh identifier; one that the caller sends is not believed, it could hold anything.

    An answer that names one already keeps it: the gate gives the caller's back, as AuthZEN demands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the identifier bound meanwhile."""
        identifier = uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request=identifier):
            response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", identifier)
        return response
