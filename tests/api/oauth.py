"""A machine client in the tests: its keys, its assertions, and how it asks for a token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from compliance.access.add_key import add_public_key
from compliance.access.register_client import register_client
from compliance.kernel.actor import system
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.test import Client

    from compliance.access.models import MachineClient

    Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

WHY: dict[str, Any] = {"actor": system("test"), "reason": "test"}
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOKEN_URL = "/oauth/token"
SITE = "http://testserver"


def make_client(
    name: str = "batch", organisation: str = "VDAB", scopes: Iterable[str] = ("exchanges:report", "receipts:check")
) -> MachineClient:
    """Return a system without a key."""
    found = Organisation.objects.get(code=organisation)
    return register_client(organisation=found, name=name, scopes=scopes, **WHY)


def ask(client: Client, headers: dict[str, str] | None = None, **form: str) -> Any:
    """Ask for a token."""
    return client.post(
        TOKEN_URL,
        "&".join(f"{name}={quoted(value)}" for name, value in {"grant_type": "client_credentials", **form}.items()),
        "application/x-www-form-urlencoded",
        headers=headers,
    )


def quoted(value: str) -> str:
    """Write a value as a form holds it."""
    return quote(value, safe="")


def basic(name: str, secret: str) -> dict[str, str]:
    """Return the header of client_secret_basic."""
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{secret}'.encode()).decode()}"}


def bearer(token: str) -> dict[str, str]:
    """Return the header of a token."""
    return {"Authorization": f"Bearer {token}"}


def encoded(octets: bytes) -> str:
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


@dataclass(frozen=True)
class Signer:
    """A key of a client, and what it writes in the header."""

    key: Private
    algorithm: str

    @property
    def pem(self) -> str:
        """The public half."""
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def given_to(self, client: MachineClient) -> Signer:
        """Register the public half."""
        add_public_key(client=client, label="", text=self.pem, expires_at=None, **WHY)
        return self

    def sign(self, octets: bytes) -> bytes:
        """Sign as JWS does (RFC 7518)."""
        match self.key:
            case ed25519.Ed25519PrivateKey():
                return self.key.sign(octets)
            case ec.EllipticCurvePrivateKey():
                r, s = decode_dss_signature(self.key.sign(octets, ec.ECDSA(SHA256())))
                return r.to_bytes(32) + s.to_bytes(32)
            case _ if self.algorithm == "PS256":
                return self.key.sign(octets, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
            case _:
                return self.key.sign(octets, padding.PKCS1v15(), SHA256())

    def assertion(self, name: str, *, header: dict[str, Any] | None = None, **changes: Any) -> str:
        """Return an assertion of this client; a change to ``None`` leaves the claim out."""
        now = int(time.time())
        claims: dict[str, Any] = {"iss": name, "sub": name, "aud": f"{SITE}{TOKEN_URL}", "jti": secrets.token_hex(8)}
        claims |= {"iat": now, "exp": now + 120}
        claims |= changes
        return self.signed(header or {"alg": self.algorithm}, {k: v for k, v in claims.items() if v is not None})

    def signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """Return a JWT with this header and these claims."""
        signed = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
        match header["alg"]:
            case "none":
                signature = b""
            case "HS256":
                signature = hmac.new(self.pem.encode(), signed.encode(), hashlib.sha256).digest()
            case _:
                signature = self.sign(signed.encode())
        return f"{signed}.{encoded(signature)}"


def ed25519_signer(algorithm: str = "EdDSA") -> Signer:
    """Return a fresh key."""
    return Signer(ed25519.Ed25519PrivateKey.generate(), algorithm)
