"""Persons who read at the door for machines: signed in, or by a token that their programs carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from compliance.access.models import Account
from compliance.access.reader_tokens import PREFIX, reader_of
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.roles import Capability

_SCHEME = "Bearer"


class ReaderAuthentication(BaseAuthentication):
    """``Authorization: Bearer kbr_…``, or the session of who is signed in. For requests that change nothing."""

    def authenticate(self, request: Request) -> tuple[Account, None] | None:
        """Return the person; ``None`` when the request names nobody."""
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() == _SCHEME.lower() and token.strip().startswith(PREFIX):
            account = reader_of(token.strip())
            if account is None:
                raise AuthenticationFailed(detail="This token has ended or was undone. Ask the operator for a new one.")
            return account, None
        # The shorter chain of the door for machines knows no sessions.
        signed_in = getattr(request._request, "user", None)  # noqa: SLF001 - the framework's way to the session
        return (signed_in, None) if isinstance(signed_in, Account) and signed_in.is_active else None

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        """Return what a reader without a token is asked for."""
        return _SCHEME


class ReaderAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is not typed
    """How the OpenAPI file describes it."""

    target_class = "compliance.api.readers.ReaderAuthentication"
    name = "readerToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 - the framework's
        """Return the security scheme."""
        return {"type": "http", "scheme": "bearer", "description": "The token of `manage.py issue_reader_token`."}


def require(reader: object, *capabilities: Capability) -> None:
    """Raise :class:`ForbiddenError` unless this is a person who may do one of these."""
    if not isinstance(reader, Account) or not any(map(reader.may, capabilities)):
        raise ForbiddenError
