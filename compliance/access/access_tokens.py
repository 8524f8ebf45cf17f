"""Access tokens: what a client shows for ten minutes after it proved who it is (RFC 9068), signed and kept nowhere.

A token says which credential it was given for; whether that credential still works is asked of the register at
every request, so that what is revoked is shut out at once.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from compliance.access.scopes import Scope, scopes_in, written

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import ClientCredential

SECONDS = 600
ALGORITHM, KIND = "Ed25519", "at+jwt"
LONGEST = 4096
_PURPOSE = b"kbi-audit/access-tokens/1"
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a verified token says; ``thumbprint`` is that of the certificate it is bound to (RFC 8705), if any."""

    credential: int
    scopes: frozenset[Scope]
    ends_at: int
    thumbprint: bytes | None


class _NotOursError(Exception):
    """The text is no access token of this service."""


@cache
def signing_key() -> OKPKey:
    """Return the key that signs access tokens. It is derived from SECRET_KEY: when that changes, tokens end."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(settings.SECRET_KEY.encode())
    pem = Ed25519PrivateKey.from_private_bytes(derived).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return OKPKey.import_key(pem)


def issue_access_token(
    *, credential: ClientCredential, scopes: frozenset[Scope], at: datetime, thumbprint: bytes | None = None
) -> str:
    """Return a token for what this credential proved, with scopes that its client was granted."""
    issued = int(at.timestamp())
    name = credential.client.name
    claims: dict[str, object] = {
        "iss": settings.SITE_URL,
        "aud": settings.SITE_URL,
        "sub": name,
        "client_id": name,
        "iat": issued,
        "exp": issued + SECONDS,
        "jti": secrets.token_urlsafe(16),
        "scope": written(scopes),
        "credential": credential.pk,
    }
    if thumbprint is not None:
        claims["cnf"] = {"x5t#S256": _text(thumbprint)}
    header = {"alg": ALGORITHM, "typ": KIND, "kid": signing_key().thumbprint()}
    return jwt.encode(header, claims, signing_key(), algorithms=[ALGORITHM])


def read_access_token(token: str, *, at: datetime) -> AccessToken | None:
    """Return what a token of ours says, unless it has ended. A token seen before costs no signature."""
    if len(token) > LONGEST:
        return None
    try:
        read = _verified(token)
    except _NotOursError:
        return None
    return read if at.timestamp() < read.ends_at else None


@lru_cache(maxsize=_REMEMBERED)
def _verified(token: str) -> AccessToken:
    """Return what a token says whose signature holds. What is not ours raises, so that it is not remembered."""
    try:
        decoded = jwt.decode(token, signing_key(), algorithms=[ALGORITHM])
    except (JoseError, ValueError) as error:
        raise _NotOursError from error
    claims = decoded.claims
    if decoded.header.get("typ") != KIND or claims.get("iss") != settings.SITE_URL:
        raise _NotOursError
    bound = claims.get("cnf", {}).get("x5t#S256")
    return AccessToken(
        credential=int(claims["credential"]),
        scopes=scopes_in(str(claims["scope"]).split(" ")),
        ends_at=int(claims["exp"]),
        thumbprint=None if bound is None else base64.urlsafe_b64decode(f"{bound}="),
    )


def _text(thumbprint: bytes) -> str:
    return base64.urlsafe_b64encode(thumbprint).decode().rstrip("=")
