"""Machine clients prove who they are: by an access token, a static token (both RFC 6750), or their certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import override
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from compliance.access.access_tokens import read_access_token
from compliance.access.admission import Admission
from compliance.access.find_client import holder_of
from compliance.access.find_credential import find_credential, numbered_credential
from compliance.access.scopes import PERMISSIONS
from compliance.access.tokens import TOKEN
from compliance.access.vocabulary import CredentialKind
from compliance.api.certificates import presented_certificate
from compliance.api.uses import used
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest
    from drf_spectacular.openapi import AutoSchema
    from rest_framework.request import Request

    from compliance.access.models import ClientCredential, MachineClient
    from compliance.access.scopes import Scope

_SCHEME = "Bearer"
_UNKNOWN = "This token is not known or was revoked. Ask who keeps your organisation's systems for a new one."
_ENDED = "This access token is not ours, has ended or was revoked. Get a new one at /oauth/token."
_BOUND = "This access token is bound to a certificate. Open the connection with that certificate."
_CERTIFICATE = "This certificate is not known, has ended or was revoked."


class MissingScopeError(ForbiddenError):
    """The client came in, but was not granted this."""

    problem_type = "missing-scope"
    title = "This client was not granted the scope that this needs."


class ClientAuthentication(BaseAuthentication):
    """``Authorization: Bearer …`` or the certificate of the connection; the register says whether it still works."""

    def authenticate(self, request: Request) -> tuple[MachineClient, Admission] | None:
        """Return the client and its admission, or ``None`` when the request carries no proof."""
        return admitted(request._request)  # noqa: SLF001 - the framework's way to the headers

    def authenticate_header(self, request: Request) -> str:
        """Return what a client is asked for, and whether it showed something that is not good."""
        return challenge(request._request)  # noqa: SLF001 - the same


def admitted(request: HttpRequest) -> tuple[MachineClient, Admission] | None:
    """Return the client and its admission, or ``None`` when the request carries no proof.

    Raises REST framework's AuthenticationFailed for one that is not good.
    """
    scheme, _, written = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    certificate = presented_certificate(request)
    revision = current_revision() if written or certificate else 0
    token = written.strip()
    if scheme.lower() == _SCHEME.lower():
        static = TOKEN.match(token) is not None
        found = _by_static_token(token, revision) if static else _by_access_token(token, revision, certificate)
    elif certificate is not None and not scheme:
        found = _by_certificate(certificate, revision)
    else:
        return None
    credential, scopes = found
    used(request, credential.pk)
    return credential.client, Admission(revision=revision, credential=credential.pk, scopes=scopes)


def challenge(request: HttpRequest) -> str:
    """Return what a client is asked for, and whether it showed something that is not good."""
    shown = request.META.get("HTTP_AUTHORIZATION", "").lower().startswith(_SCHEME.lower())
    return f'{_SCHEME} error="invalid_token"' if shown else _SCHEME


def _by_static_token(token: str, revision: int) -> tuple[ClientCredential, frozenset[Scope]]:
    credential = holder_of(token, revision=revision)
    if credential is None:
        raise AuthenticationFailed(detail=_UNKNOWN)
    return credential, credential.client.granted


def _by_access_token(token: str, revision: int, certificate: bytes | None) -> tuple[ClientCredential, frozenset[Scope]]:
    at = now()
    read = read_access_token(token, at=at)
    if read is None:
        raise AuthenticationFailed(detail=_ENDED)
    credential = numbered_credential(number=read.credential, revision=revision, at=at)
    if credential is None:
        raise AuthenticationFailed(detail=_ENDED)
    if read.thumbprint is not None and read.thumbprint != certificate:
        raise AuthenticationFailed(detail=_BOUND)
    # What was taken from the client since is no longer in the token either.
    return credential, read.scopes & credential.client.granted


def _by_certificate(thumbprint: bytes, revision: int) -> tuple[ClientCredential, frozenset[Scope]]:
    credential = find_credential(kind=CredentialKind.CERTIFICATE, digest=thumbprint, revision=revision, at=now())
    if credential is None:
        raise AuthenticationFailed(detail=_CERTIFICATE)
    return credential, credential.client.granted


def require_scope(request: Request, scope: Scope) -> Admission:
    """Return with what the client came in; raise :class:`MissingScopeError`, which names the scope, without it."""
    return require_granted(request.auth, scope)


def require_granted(admission: object, scope: Scope) -> Admission:
    """Return the admission; raise :class:`MissingScopeError`, which names the scope, when it was not granted."""
    if not isinstance(admission, Admission) or scope not in admission.scopes:
        raise MissingScopeError(detail=f"This needs the scope {scope}. Ask your organisation's administrator for it.")
    return admission


class ClientAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is not typed
    """How the OpenAPI file describes it, each scope in words."""

    target_class = "compliance.api.authentication.ClientAuthentication"
    name = ["clientCredentials", "clientToken", "clientCertificate"]

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[str]]]:
        """Return that one of the three is enough, and which scope it must hold."""
        scope = getattr(auto_schema.view, "scope", None)
        return [{name: [scope.value] if scope else []} for name in self.name]

    def get_security_definition(self, auto_schema: object) -> list[dict[str, Any]]:  # noqa: ARG002 - the framework's
        """Return the security schemes, in the order of their names."""
        with override("en"):
            scopes = {scope.value: str(permission.allows) for scope, permission in PERMISSIONS.items()}
        return [
            {
                "type": "oauth2",
                "description": "An access token of ten minutes; see docs/clients.md.",
                "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes}},
            },
            {
                "type": "http",
                "scheme": "bearer",
                "description": "A static token (kbi_…), with all the client's scopes.",
            },
            {"type": "mutualTLS", "description": "A certificate of the client's, where the service takes them."},
        ]
