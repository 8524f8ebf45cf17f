"""ECDSA over P-256 and P-384 (FIPS 186-5): verification only, where nothing is secret. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """``y² = x³ - 3x + b`` modulo ``prime``, with a generator of this order; ``octets`` is the size of a number."""

    octets: int
    prime: int
    order: int
    b: int
    generator: tuple[int, int]


CURVES = {
    bytes.fromhex("2a8648ce3d030107"): Curve(
        octets=32,
        prime=0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
        order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        generator=(
            0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
            0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
        ),
    ),
    bytes.fromhex("2b81040022"): Curve(
        octets=48,
        prime=2**384 - 2**128 - 2**96 + 2**32 - 1,
        order=int(
            "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16
        ),
        b=int("B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF", 16),
        generator=(
            int("AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7", 16),
            int("3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F", 16),
        ),
    ),
}
"""The curves that are known, by the content of their object identifiers."""

CurvePoint = tuple[int, int] | None


def ecdsa_holds(curve: Curve, *, public: bytes, digest: bytes, r: int, s: int) -> bool:
    """Tell whether (r, s) signs a digest under a public key (uncompressed point)."""
    point = _curve_point_of(curve, public)
    if point is None or not (0 < r < curve.order and 0 < s < curve.order):
        return False
    wanted = int.from_bytes(digest[: curve.octets], "big")
    inverse = pow(s, -1, curve.order)
    by_generator = _point_multiplied(curve, wanted * inverse % curve.order, curve.generator)
    reached = _points_added(curve, by_generator, _point_multiplied(curve, r * inverse % curve.order, point))
    return reached is not None and reached[0] % curve.order == r


def _curve_point_of(curve: Curve, public: bytes) -> CurvePoint:
    if len(public) != 1 + 2 * curve.octets or public[0] != 4:  # noqa: PLR2004 uncompressed
        return None
    x, y = (int.from_bytes(half, "big") for half in (public[1 : 1 + curve.octets], public[1 + curve.octets :]))
    on_curve = (y * y - (x * x * x - 3 * x + curve.b)) % curve.prime == 0
    return (x, y) if on_curve and max(x, y) < curve.prime else None


def _point_multiplied(curve: Curve, factor: int, point: CurvePoint) -> CurvePoint:
    found: CurvePoint = None
    while factor:
        if factor & 1:
            found = _points_added(curve, found, point)
        point = _points_added(curve, point, point)
        factor >>= 1
    return found


def _points_added(curve: Curve, one: CurvePoint, other: CurvePoint) -> CurvePoint:
    if one is None or other is None:
        return other if one is None else one
    prime = curve.prime
    if one[0] == other[0]:
        if (one[1] + other[1]) % prime == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, prime) % prime
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, prime) % prime
    x = (slope * slope - one[0] - other[0]) % prime
    return x, (slope * (one[0] - x) - one[1]) % prime
