"""The token endpoint (RFC 6749): one grant, for clients that prove who they are in one of five ways."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.rfc6749 import (
    ClientCredentialsGrant,
    InvalidClientError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from django.http import HttpResponse
from redis.exceptions import RedisError

from compliance.access.access_tokens import SECONDS, issue_access_token
from compliance.access.scopes import scopes_in
from compliance.api.certificates import presented_certificate
from compliance.api.oauth.assertions import METHOD, ClientAssertion, RefusedAssertionError
from compliance.api.oauth.client import GRANT, Claimant
from compliance.api.uses import used
from compliance.kernel.clock import now
from compliance.kernel.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

BASIC, POST, TLS, SELF_SIGNED = (
    *("client_secret_basic", "client_secret_post"),
    *("tls_client_auth", "self_signed_tls_client_auth"),
)
METHODS = (BASIC, POST, METHOD, TLS, SELF_SIGNED)
FORM = "application/x-www-form-urlencoded"
_UNPROVED = "Who this client is was not proved: it, its key or its certificate is not known, has ended or was revoked."
log_event = structlog.get_logger(__name__)


class TokenRequest(OAuth2Request):  # type: ignore[misc]  # Authlib ships no types
    """What was sent, from the body alone: a secret in an address would end in logs."""

    def __init__(self, request: HttpRequest) -> None:
        """Read the form; a parameter that stands in it twice has no meaning (RFC 6749, section 3.2)."""
        # Whether the way is encrypted was settled before: production redirects what is not.
        super().__init__(request.method or "", "https://localhost/oauth/token", headers=request.headers)
        self.http = request
        self.payload = BasicOAuth2Payload(request.POST.dict())
        self.certificate = presented_certificate(request)

    @property
    def form(self) -> dict[str, str]:
        """The parameters."""
        return dict(self.payload.data)

    def check(self) -> None:
        """Refuse what is not one form with one proof of one client."""
        if self.http.content_type != FORM:
            raise InvalidRequestError(description=f"Send the parameters in the body, as {FORM}.")
        if any(len(values) > 1 for _name, values in self.http.POST.lists()):
            raise InvalidRequestError(description="A parameter stands in the body twice.")
        proofs = ("Authorization" in self.headers, "client_secret" in self.form, "client_assertion" in self.form)
        if sum(proofs) > 1:
            raise InvalidRequestError(description="Use one way to prove who the client is, not two.")


class ClientCredentials(ClientCredentialsGrant):  # type: ignore[misc]  # Authlib ships no types
    """The one grant."""

    TOKEN_ENDPOINT_AUTH_METHODS = list(METHODS)


class TokenServer(AuthorizationServer):  # type: ignore[misc]  # Authlib ships no types
    """Authlib's server, with our clients and our tokens."""

    def __init__(self) -> None:
        """Register the grant and the ways to prove who one is."""
        super().__init__()
        self.register_grant(ClientCredentials)
        self.register_client_auth_method(METHOD, ClientAssertion())
        self.register_client_auth_method(TLS, _by_certificate)
        self.register_client_auth_method(SELF_SIGNED, _by_certificate)
        self.register_token_generator(GRANT, _token)

    def query_client(self, client_id: str) -> Claimant:
        """Return who that would be, known or not: which names exist is told to nobody."""
        return Claimant(client_id)

    def create_oauth2_request(self, request: TokenRequest) -> TokenRequest:
        """Take the request as :meth:`answer` read it."""
        return request

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer with a token, or with why not. Raises :class:`UnavailableError` when replays cannot be told."""
        asked = TokenRequest(request)
        try:
            asked.check()
            response: HttpResponse = self.create_token_response(asked)
        except OAuth2Error as error:
            response = self.handle_error_response(asked, error)
        except ValueError:
            # Bytes that are no text, in a header or in a name.
            response = self.handle_error_response(asked, InvalidClientError())
        except RedisError as error:
            raise UnavailableError(detail="Whether this assertion was used before cannot be told now.") from error
        return response

    def save_token(self, token: dict[str, Any], request: TokenRequest) -> None:  # noqa: ARG002 - Authlib's signature
        """Keep nothing of the token; note which credential it was given for."""
        credential = request.client.proved
        used(request.http, credential.pk)
        log_event.info("access_token_issued", credential=credential.pk, method=request.auth_method)

    def handle_error_response(self, request: TokenRequest, error: OAuth2Error) -> HttpResponse:  # noqa: ARG002 - Authlib's signature
        """Say what is wrong; of a proof that failed, no more than that, unless its signature held."""
        status, headers, description = int(error.status_code), {}, error.description
        if isinstance(error, InvalidClientError):
            status, headers = HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": 'Basic realm="KBI Audit"'}
            description = description if isinstance(error, RefusedAssertionError) else _UNPROVED
        log_event.info("access_token_refused", error=error.error)
        body = {"error": error.error, "error_description": description}
        return self.handle_response(status, {name: said for name, said in body.items() if said}, headers.items())

    def handle_response(self, status: int, body: dict[str, Any], headers: Iterable[tuple[str, str]]) -> HttpResponse:
        """Answer in JSON that nobody keeps."""
        response = HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")
        for name, value in (*headers, ("Cache-Control", "no-store")):
            response[name] = value
        return response

    def send_signal(self, name: str, *args: Any, **keywords: Any) -> None:
        """Tell nobody; nothing here listens."""


def _by_certificate(query_client: Callable[[str], Claimant], request: TokenRequest) -> Claimant | None:
    """Return the client whose certificate the connection was opened with (RFC 8705, section 2)."""
    name = request.payload.client_id
    if request.certificate is None or not name or "client_secret" in request.form:
        return None
    claimant = query_client(name)
    return claimant if claimant.check_certificate(request.certificate) else None


def _token(*, client: Claimant, scope: str | None, **_unused: object) -> dict[str, Any]:
    """Return the answer's body: a token for what the client asked and was granted."""
    allowed = client.get_allowed_scope(scope)
    if allowed is None or client.proved is None:
        raise InvalidScopeError(
            description="The client was not granted all that it asks. Ask for less, or for nothing."
        )
    token = issue_access_token(
        credential=client.proved, scopes=scopes_in(allowed.split()), at=now(), thumbprint=client.thumbprint
    )
    return {"access_token": token, "token_type": "Bearer", "expires_in": SECONDS, "scope": allowed}
