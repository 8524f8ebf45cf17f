"""``private_key_jwt``: the client signs who it is with its own key (RFC 7523, section 2.2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from django.conf import settings
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import import_key
from joserfc.jws import JWSRegistry

from compliance.access.vocabulary import CredentialKind
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from joserfc._rfc7515.model import JWSAlgModel
    from joserfc.jwt import Token

    from compliance.access.models import ClientCredential
    from compliance.api.oauth.client import Claimant

METHOD = "private_key_jwt"
LEEWAY = 30
LONGEST_LIFE = 300
LONGEST_JTI = 200
ALGORITHMS = {"OKP": ("Ed25519", "EdDSA"), "EC": ("ES256",), "RSA": ("PS256", "RS256")}
SUPPORTED = tuple(name for names in ALGORITHMS.values() for name in names)


class _Algorithms(JWSRegistry):
    """These algorithms and no other. EdDSA is the older name of Ed25519 (RFC 9864), which many libraries write."""

    def get_alg(self, name: str) -> JWSAlgModel:
        """Return the algorithm, without the library's warning about the older name."""
        return self.algorithms[name] if name == "EdDSA" and name in (self.allowed or ()) else super().get_alg(name)


class RefusedAssertionError(InvalidClientError):  # type: ignore[misc]  # Authlib ships no types
    """The client's own key signed it, so its maker may be told what is wrong with it."""


class ClientAssertion(JWTBearerClientAssertion):  # type: ignore[misc]  # Authlib ships no types
    """Verifies an assertion: by a key of that client, for this service, for some minutes, and once."""

    CLIENT_AUTH_METHOD = METHOD

    def __init__(self) -> None:
        """Allow the clocks of two machines to differ by half a minute."""
        super().__init__(validate_jti=True, leeway=LEEWAY)

    def get_audiences(self) -> list[str]:
        """Return for whom an assertion may be: the token endpoint, or the issuer."""
        return [f"{settings.SITE_URL}/oauth/token", settings.SITE_URL]

    def resolve_client_public_key(self, client: Claimant) -> Claimant:
        """Return the client itself: which of its keys signed is found out below, and noted."""
        return client

    def process_assertion_claims(self, assertion: str, resolve_key: Claimant) -> Any:
        """Verify signature and claims; note which key it was."""
        for credential in resolve_key.of_kind(CredentialKind.PUBLIC_KEY):
            token = _signed_by(assertion, credential)
            if token is not None:
                self.verify_claims(token.claims)
                resolve_key.proved = credential
                return token.claims
        raise InvalidClientError

    def verify_claims(self, claims: dict[str, Any]) -> None:
        """Refuse what is for somebody else, has ended, lives too long, or was used before."""
        ends = claims.get("exp")
        if isinstance(ends, int) and ends > now().timestamp() + LONGEST_LIFE + LEEWAY:
            latest = f"The assertion may end {LONGEST_LIFE} seconds from now at the latest."
            raise RefusedAssertionError(description=latest)
        try:
            super().verify_claims(claims)
        except InvalidClientError as error:
            raise RefusedAssertionError(description=error.description) from error

    def validate_jti(self, claims: dict[str, Any], jti: object) -> bool:
        """Tell whether it is seen for the first time, by any process; remembered for as long as it could be used."""
        if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_JTI:
            return False
        key = hashlib.sha256(f"{claims['sub']}\0{jti}".encode()).hexdigest()
        return bool(cache.add(f"assertion:{key}", 1, timeout=LONGEST_LIFE + 2 * LEEWAY + 1))


def _signed_by(assertion: str, credential: ClientCredential) -> Token | None:
    """Return the assertion if this key signed it. The key decides which algorithms there are, never the header."""
    jwk = credential.jwk or {}
    try:
        key = import_key(jwk)
        return jwt.decode(assertion, key, registry=_Algorithms(algorithms=ALGORITHMS[jwk["kty"]]))
    except (JoseError, ValueError):
        return None
