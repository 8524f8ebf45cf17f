"""Machine clients prove who they are with a bearer token (RFC 6750)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from compliance.access.find_client import find_client
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient

_SCHEME = "Bearer"


class ClientAuthentication(BaseAuthentication):
    """``Authorization: Bearer kbi_…``; the token is looked up by its hash."""

    def authenticate(self, request: Request) -> tuple[MachineClient, int] | None:
        """Return the client and the register's revision, or ``None`` when the request carries no token."""
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != _SCHEME.lower():
            return None
        revision = current_revision()
        client = find_client(token.strip(), revision=revision)
        if client is None:
            raise AuthenticationFailed(detail="This token is not known or was revoked. Ask the operator for a new one.")
        return client, revision

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        """Return what a client without a token is asked for."""
        return _SCHEME


class ClientAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is not typed
    """How the OpenAPI file describes it."""

    target_class = "compliance.api.authentication.ClientAuthentication"
    name = "clientToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 - the framework's
        """Return the security scheme."""
        return {"type": "http", "scheme": "bearer", "description": "The token that the operator gave the client."}
