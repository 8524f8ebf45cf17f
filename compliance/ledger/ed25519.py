"""Ed25519 (RFC 8032, section 5.1) with nothing but the standard library. Pure.

For programs that must run where nothing is installed: the verifier's one file and a partner's witness.
Points are kept in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z. A verification
takes about two milliseconds. Multiplication does the same steps whatever the number, but Python's
integers are not made for secrets: where ``cryptography`` is at hand, sign with that.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha512

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64

_Point = tuple[int, int, int, int]

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_TWICE_D = 2 * _D % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_NEUTRAL: _Point = (0, 1, 1, 0)
_SIGN_BIT = 1 << 255
_WINDOW_BITS = 4
_WINDOWS = range(256 - _WINDOW_BITS, -1, -_WINDOW_BITS)


def public_key(seed: bytes) -> bytes:
    """Return the public key (32 bytes) of a private key (the seed, 32 bytes)."""
    scalar, _ = _expand(seed)
    return _encode(_sum_of_multiples((scalar, _base_multiples())))


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the signature (64 bytes) of a message under a private key (the seed, 32 bytes)."""
    scalar, prefix = _expand(seed)
    public = _encode(_sum_of_multiples((scalar, _base_multiples())))
    nonce = _number(prefix, message)
    commitment = _encode(_sum_of_multiples((nonce, _base_multiples())))
    answer = (nonce + _number(commitment, public, message) * scalar) % _ORDER
    return commitment + answer.to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature is this key's for this message.

    Strict: one encoding of a signature and of a key is right, and no other; a key of small order,
    for which one signature fits many messages, is none.
    """
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    point = _decode(public)
    answer = int.from_bytes(signature[32:], "little")
    if point is None or answer >= _ORDER or _is_of_small_order(point):
        return False
    challenge = _number(signature[:32], public, message)
    reached = _sum_of_multiples((answer, _base_multiples()), (challenge, _multiples(_negative(point))))
    return _encode(reached) == signature[:32]


def _expand(seed: bytes) -> tuple[int, bytes]:
    """Return the secret scalar and the prefix that hashing turns a seed into."""
    if len(seed) != SEED_BYTES:
        message = "An Ed25519 private key is 32 bytes."
        raise ValueError(message)
    digest = sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & ((1 << 254) - 8) | (1 << 254), digest[32:]


def _number(*parts: bytes) -> int:
    return int.from_bytes(sha512(b"".join(parts)).digest(), "little") % _ORDER


def _add(one: _Point, other: _Point) -> _Point:
    """Add two points; complete, hence right for equal and neutral ones too (RFC 8032, section 5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = one[3] * other[3] * _TWICE_D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    a, b = x * x % _P, y * y % _P
    h = a + b
    e = h - (x + y) * (x + y) % _P
    g = a - b
    f = 2 * z * z % _P + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _negative(point: _Point) -> _Point:
    return -point[0] % _P, point[1], point[2], -point[3] % _P


def _multiples(point: _Point) -> list[_Point]:
    """Return 0, 1, … 15 times a point."""
    multiples = [_NEUTRAL]
    for _ in range(2**_WINDOW_BITS - 1):
        multiples.append(_add(multiples[-1], point))
    return multiples


@lru_cache(maxsize=1)
def _base_multiples() -> list[_Point]:
    """Return 0, 1, … 15 times the base point, whose y is 4/5."""
    base = _decode((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    return _multiples(base or _NEUTRAL)


def _sum_of_multiples(*terms: tuple[int, list[_Point]]) -> _Point:
    """Return the sum of numbers (below 2^256) times points, each given by its first sixteen multiples."""
    total = _NEUTRAL
    for shift in _WINDOWS:
        for _ in range(_WINDOW_BITS):
            total = _double(total)
        for number, multiples in terms:
            total = _add(total, multiples[number >> shift & 15])
    return total


def _is_of_small_order(point: _Point) -> bool:
    eight_times = _double(_double(_double(point)))
    return eight_times[0] == 0 and eight_times[1] == eight_times[2]


def _encode(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decode(encoded: bytes) -> _Point | None:
    """Return the point, or ``None`` when this is not the one encoding of a point (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(encoded, "little")
    y, odd = number & (_SIGN_BIT - 1), number >> 255
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = _P - x
    return x, y, 1, x * y % _P
