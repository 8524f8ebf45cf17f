"""Our Ed25519 is that of RFC 8032, agrees with OpenSSL's, and takes one spelling of a signature only."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.ed25519 import public_key, sign, verify
from tests.properties import patient

ORDER = 2**252 + 27742317777372353535851937790883648493
FIELD = 2**255 - 19

# RFC 8032, section 7.1: private key, public key, message, signature.
VECTORS = {
    "empty message": (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    "one byte": (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    "two bytes": (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    "a SHA-512": (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
}

seeds = st.binary(min_size=32, max_size=32)
messages = st.binary(max_size=200)


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS.keys())
def test_the_published_vectors_hold(vector: tuple[str, str, str, str]) -> None:
    seed, public, message, signature = map(bytes.fromhex, vector)
    assert public_key(seed) == public
    assert sign(seed, message) == signature
    assert verify(public, message, signature)


@patient
@given(seeds, messages)
def test_keys_and_signatures_are_those_of_openssl(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert (public_key(seed), sign(seed, message)) == (public, signature)
    assert verify(public, message, signature)


@patient
@given(seeds, messages, st.data())
def test_any_bit_changed_in_key_message_or_signature_fails(seed: bytes, message: bytes, choice: st.DataObject) -> None:
    signed = [public_key(seed), message, sign(seed, message)]
    part = choice.draw(st.sampled_from([0, 1, 2] if message else [0, 2]))
    bit = choice.draw(st.integers(0, len(signed[part]) * 8 - 1))
    signed[part] = (int.from_bytes(signed[part]) ^ 1 << bit).to_bytes(len(signed[part]))
    assert not verify(*signed)


@patient
@given(seeds, st.binary(min_size=64, max_size=64))
def test_what_openssl_refuses_is_refused(seed: bytes, signature: bytes) -> None:
    public = public_key(seed)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(signature, b"")
    assert not verify(public, b"", signature)


@given(seeds)
def test_a_signature_has_one_spelling(seed: bytes) -> None:
    public, signature = public_key(seed), sign(seed, b"said")
    other = int.from_bytes(signature[32:], "little") + ORDER
    assert not verify(public, b"said", signature[:32] + other.to_bytes(32, "little"))
    assert not verify(public, b"said", signature + b"\0")
    assert not verify(public, b"said", signature[:-1])


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param((1).to_bytes(32, "little"), id="the neutral element"),
        pytest.param((FIELD - 1).to_bytes(32, "little"), id="order two"),
        pytest.param(bytes(32), id="order four"),
        pytest.param(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), id="order eight"
        ),
        pytest.param((FIELD + 1).to_bytes(32, "little"), id="y beyond the field"),
        pytest.param((1 | 1 << 255).to_bytes(32, "little"), id="a negative zero"),
        pytest.param((2).to_bytes(32, "little"), id="no point of the curve"),
        pytest.param(bytes(31), id="too short"),
    ],
)
def test_a_weak_or_misspelt_key_verifies_nothing(encoded: bytes) -> None:
    # With S = 0 and R neutral, a key of order n would verify one message in n; among 32 there would be several.
    everything = (1).to_bytes(32, "little") + bytes(32)
    assert not any(verify(encoded, bytes([number]), everything) for number in range(32))


def test_a_private_key_of_another_length_is_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sign(bytes(31), b"")
