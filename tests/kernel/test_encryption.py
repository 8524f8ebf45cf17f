"""What is sealed opens with its key, where it belongs, and unchanged; or not at all."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from compliance.kernel.encryption import NONCE_BYTES, CannotOpenError, new_key, nonces, seal, unseal
from tests.properties import patient

CIPHER = AESGCM(new_key())


def sealed(octets: bytes, bound_to: bytes) -> bytes:
    """Seal under a fresh nonce."""
    return seal(CIPHER, octets, nonce=next(nonces(1)), bound_to=bound_to)


@patient
@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_opens_again(octets: bytes, place: bytes) -> None:
    assert unseal(CIPHER, sealed(octets, place), bound_to=place) == octets


@patient
@given(st.binary(max_size=200), st.binary(max_size=20), st.binary(max_size=20))
def test_it_opens_in_its_own_place_only(octets: bytes, place: bytes, other: bytes) -> None:
    if place != other:
        with pytest.raises(CannotOpenError):
            unseal(CIPHER, sealed(octets, place), bound_to=other)


@patient
@given(st.binary(max_size=60), st.data())
def test_a_changed_bit_anywhere_is_noticed(octets: bytes, choice: st.DataObject) -> None:
    box = bytearray(sealed(octets, b"here"))
    bit = choice.draw(st.integers(0, 8 * len(box) - 1))
    box[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpenError):
        unseal(CIPHER, bytes(box), bound_to=b"here")


def test_another_persons_key_opens_nothing() -> None:
    with pytest.raises(CannotOpenError):
        unseal(AESGCM(new_key()), sealed(b"secret", b""), bound_to=b"")


def test_nonces_are_never_the_same() -> None:
    drawn = [*nonces(1_000), *nonces(1_000)]
    assert len(set(drawn)) == 2_000
    assert {len(nonce) for nonce in drawn} == {NONCE_BYTES}
