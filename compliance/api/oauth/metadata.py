"""What a client can find out about the token endpoint by itself (RFC 8414)."""

from __future__ import annotations

from typing import Any

from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from django.conf import settings

from compliance.access.scopes import Scope
from compliance.api.oauth.assertions import SUPPORTED
from compliance.api.oauth.client import GRANT
from compliance.api.oauth.server import METHODS


def metadata() -> dict[str, Any]:
    """Return the metadata. There is one grant, and it needs nobody's consent."""
    site = settings.SITE_URL
    told: dict[str, Any] = AuthorizationServerMetadata(
        issuer=site,
        token_endpoint=f"{site}/oauth/token",
        jwks_uri=f"{site}/oauth/jwks",
        scopes_supported=sorted(Scope),
        response_types_supported=[],
        grant_types_supported=[GRANT],
        token_endpoint_auth_methods_supported=list(METHODS),
        token_endpoint_auth_signing_alg_values_supported=list(SUPPORTED),
        tls_client_certificate_bound_access_tokens=True,
    )
    return told
