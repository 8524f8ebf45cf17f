"""Machine clients prove who they are with a bearer token (RFC 6750), and hold scopes that say what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from compliance.access.admission import Admission
from compliance.access.find_client import holder_of
from compliance.kernel.errors import ForbiddenError
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient
    from compliance.access.scopes import Scope

_SCHEME = "Bearer"


class MissingScopeError(ForbiddenError):
    """The client came in, but was not granted this."""

    problem_type = "missing-scope"
    title = "This client was not granted the scope that this needs."


class ClientAuthentication(BaseAuthentication):
    """``Authorization: Bearer kbi_…``; the token is looked up by its hash."""

    def authenticate(self, request: Request) -> tuple[MachineClient, Admission] | None:
        """Return the client and its admission, or ``None`` when the request carries no token."""
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != _SCHEME.lower():
            return None
        revision = current_revision()
        credential = holder_of(token.strip(), revision=revision)
        if credential is None:
            raise AuthenticationFailed(detail="This token is not known or was revoked. Ask the operator for a new one.")
        client = credential.client
        return client, Admission(revision=revision, credential=credential.pk, scopes=client.granted)

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        """Return what a client without a token is asked for."""
        return _SCHEME


def require_scope(request: Request, scope: Scope) -> Admission:
    """Return with what the client came in; raise :class:`MissingScopeError`, which names the scope, without it."""
    admission = request.auth
    if not isinstance(admission, Admission) or scope not in admission.scopes:
        raise MissingScopeError(detail=f"This needs the scope {scope}. Ask your organisation's administrator for it.")
    return admission


class ClientAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is not typed
    """How the OpenAPI file describes it."""

    target_class = "compliance.api.authentication.ClientAuthentication"
    name = "clientToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:  # noqa: ARG002 - the framework's
        """Return the security scheme."""
        return {"type": "http", "scheme": "bearer", "description": "The token that the operator gave the client."}
