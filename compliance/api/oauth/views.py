"""``POST /oauth/token``, and what a client may want to know before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from compliance.access.access_tokens import ALGORITHM, signing_key
from compliance.api.oauth.metadata import metadata
from compliance.api.oauth.server import FORM, TokenServer
from compliance.api.openapi import PROBLEM, reference

if TYPE_CHECKING:
    from rest_framework.request import Request

JSON = "application/json"
_server = TokenServer()


class TokenAnswer(msgspec.Struct, frozen=True):
    """An access token, and what it is good for."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class TokenRefusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why there is no token (RFC 6749, section 5.2)."""

    error: str
    error_description: str = ""


class TokenView(APIView):
    """Give a client that proves who it is an access token."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ("post", "options")

    @extend_schema(
        operation_id="getAccessToken",
        summary="Get an access token",
        description=(
            "OAuth 2 client credentials. The client proves who it is by client_secret_basic, client_secret_post, "
            "private_key_jwt or its certificate. Without a scope the token holds all that the client was granted."
        ),
        request={
            FORM: {
                "type": "object",
                "required": ["grant_type"],
                "properties": {
                    "grant_type": {"type": "string", "enum": ["client_credentials"]},
                    "scope": {"type": "string"},
                    "client_id": {"type": "string"},
                    "client_secret": {"type": "string"},
                    "client_assertion_type": {"type": "string"},
                    "client_assertion": {"type": "string"},
                },
            }
        },
        responses={
            (200, JSON): reference("TokenAnswer"),
            (400, JSON): reference("TokenRefusal"),
            (401, JSON): reference("TokenRefusal"),
            (503, PROBLEM): reference("Problem"),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Answer as the server does."""
        return _server.answer(request._request)  # noqa: SLF001 - the framework's way to what was sent


class PublicView(APIView):
    """What anybody may read."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ("get", "head", "options")


class KeysView(PublicView):
    """The key with which access tokens are signed."""

    @extend_schema(
        operation_id="getTokenKeys",
        summary="The public keys of access tokens (RFC 7517)",
        responses={(200, JSON): {"type": "object"}},
    )
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002 - the framework's signature
        """Return the keys."""
        key = signing_key().as_dict(private=False, kid=signing_key().thumbprint(), use="sig", alg=ALGORITHM)
        return HttpResponse(msgspec.json.encode({"keys": [key]}), content_type=JSON)


class MetadataView(PublicView):
    """Where the token endpoint is, and what it takes."""

    @extend_schema(
        operation_id="getTokenMetadata",
        summary="Where and how to get an access token (RFC 8414)",
        responses={(200, JSON): {"type": "object"}},
    )
    def get(self, request: Request) -> HttpResponse:  # noqa: ARG002 - the framework's signature
        """Return the metadata."""
        return HttpResponse(msgspec.json.encode(metadata()), content_type=JSON)
