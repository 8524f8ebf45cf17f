"""Read a public key that somebody pastes: a JWK (RFC 7517) or PEM; a private key is refused, and never repeated."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.utils.translation import gettext_lazy as _
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LEAST_RSA_BITS = 2048
MOST_RSA_BITS = 8192
LONGEST = 20_000
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_POINTER = "/public_key"

_MEMBERS = ("crv", "x", "y", "n", "e")

PRIVATE = _(
    "This is a private key. Keep it to yourself, paste the public one, and make a new pair: this one was shown."
)
UNREADABLE = _("This is no public key. Paste a JWK, or a text that begins with -----BEGIN PUBLIC KEY-----.")
WEAK = _("Use a key of Ed25519, of P-256, or of RSA with 2048 to 8192 bits.")


class PublicKey(NamedTuple):
    """A public key and its thumbprint (RFC 7638)."""

    jwk: dict[str, str]
    thumbprint: bytes


def read_public_key(text: str) -> PublicKey:
    """Return the key. Raises :class:`InvalidInputError`, which never repeats what was pasted."""
    text = text.strip()
    if "PRIVATE KEY" in text:
        raise _refused(PRIVATE, "private-key")
    if len(text) > LONGEST:
        raise _refused(UNREADABLE, "unreadable")
    key = _from_jwk(text) if text.startswith("{") else _from_pem(text)
    public = {name: str(value) for name, value in key.as_dict(private=False).items() if name in {*_MEMBERS, "kty"}}
    return PublicKey(public, base64.urlsafe_b64decode(key.thumbprint() + "="))


def _from_jwk(text: str) -> OKPKey | ECKey | RSAKey:
    try:
        said = json.loads(text)
    except ValueError as error:
        raise _refused(UNREADABLE, "unreadable") from error
    if _PRIVATE_MEMBERS & said.keys():
        raise _refused(PRIVATE, "private-key")
    told: dict[str, str | list[str]] = {
        name: said[name] for name in (*_MEMBERS, "kty") if isinstance(said.get(name), str)
    }
    try:
        match told.get("kty"), told.get("crv"):
            case "OKP", "Ed25519":
                return OKPKey.import_key(told)
            case "EC", "P-256":
                return ECKey.import_key(told)
            case "RSA", None:
                modulus = base64.urlsafe_b64decode(str(told["n"]) + "==")
                return _strong(int.from_bytes(modulus).bit_length(), told)
    except (JoseError, ValueError, KeyError) as error:
        raise _refused(UNREADABLE, "unreadable") from error
    raise _refused(WEAK, "weak-key")


def _from_pem(text: str) -> OKPKey | ECKey | RSAKey:
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _refused(UNREADABLE, "unreadable") from error
    match key:
        case Ed25519PublicKey():
            return OKPKey.import_key(text)
        case EllipticCurvePublicKey() if isinstance(key.curve, SECP256R1):
            return ECKey.import_key(text)
        case RSAPublicKey():
            return _strong(key.key_size, text)
        case _:
            raise _refused(WEAK, "weak-key")


def _strong(bits: int, written: str | dict[str, str | list[str]]) -> RSAKey:
    if not LEAST_RSA_BITS <= bits <= MOST_RSA_BITS:
        raise _refused(WEAK, "weak-key")
    return RSAKey.import_key(written)


def _refused(sentence: StrPromise, code: str) -> InvalidInputError:
    return InvalidInputError(errors=(FieldError(_POINTER, str(sentence), code),))
