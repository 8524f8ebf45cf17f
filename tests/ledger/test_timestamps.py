"""A timestamp token proves when a digest existed, to whoever believes the authority, and nothing once altered."""

from __future__ import annotations

from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from compliance.kernel.clock import now
from compliance.ledger.timestamps.authority import authority_of
from compliance.ledger.timestamps.certificates import certificates_of_pem
from compliance.ledger.timestamps.der import SEQUENCE, tagged, whole
from compliance.ledger.timestamps.pure import TokenRefusedError, token_time
from compliance.ledger.timestamps.response import NotGrantedError, token_of
from compliance.ledger.timestamps.signed_data import signed_data
from compliance.ledger.timestamps.trusted import trusted_certificates
from compliance.ledger.timestamps.verify_token import TokenError, verify_token
from kbi_audit.demo.authority_files import CONFIGURATION, make_authority, openssl
from kbi_audit.demo.timestamp_authority import reply
from tests.properties import patient

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Verified = Callable[..., datetime]

TEXT = b"kbi-audit.test/exchanges\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
DIGEST = sha256(TEXT).digest()
EXPIRED = Path(__file__).parent / "vectors" / "timestamps"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an authority."""
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder, name="Authority")
    return folder


@pytest.fixture(scope="module")
def token(authority: Path) -> bytes:
    return token_from(authority)


def token_from(authority: Path, text: bytes = TEXT, algorithm: HashAlgorithm = HashAlgorithm.SHA256) -> bytes:
    asked = TimestampRequestBuilder(data=text, hash_algorithm=algorithm).build()
    return token_of(reply(authority, asked.as_bytes()))


def by_library(token: bytes, authority: Path, digest: bytes = DIGEST) -> datetime:
    return verify_token(token=token, digest=digest, roots=trusted_certificates(authority / "root.pem"))


def by_standard_library(token: bytes, authority: Path, digest: bytes = DIGEST) -> datetime:
    """Verify as auditors do, with Python alone."""
    roots = certificates_of_pem((authority / "root.pem").read_text(encoding="ascii"))
    try:
        return token_time(token, digest, roots)
    except TokenRefusedError as error:
        raise TokenError(str(error)) from error


both = pytest.mark.parametrize("verified", [by_library, by_standard_library])


@both
def test_a_token_tells_when_and_by_whom_its_digest_was_seen(verified: Verified, authority: Path) -> None:
    before = now().replace(microsecond=0)
    token = token_from(authority)
    assert before <= verified(token, authority) <= now()
    assert authority_of(token) == "CN=Authority"


@both
def test_a_token_proves_nothing_about_another_digest(verified: Verified, authority: Path, token: bytes) -> None:
    with pytest.raises(TokenError):
        verified(token, authority, sha256(TEXT + b"\n").digest())


def test_a_token_answers_one_request(authority: Path, token: bytes) -> None:
    with pytest.raises(TokenError, match="Nonce"):
        verify_token(token=token, digest=DIGEST, roots=trusted_certificates(authority / "root.pem"), nonce=1)


@both
def test_who_is_believed_is_ours_to_say_and_not_the_tokens(verified: Verified, token: bytes, tmp_path: Path) -> None:
    """Another authority takes the same names, and puts its own root into its tokens."""
    make_authority(tmp_path, name="Authority")
    with pytest.raises(TokenError):
        verified(token, tmp_path)
    verified(token_from(tmp_path), tmp_path)


@both
@pytest.mark.parametrize("use", ["emailProtection", "timeStamping"])
def test_a_token_is_of_the_very_certificate_that_it_names(
    verified: Verified, use: str, authority: Path, token: bytes
) -> None:
    """Another certificate for the same key, name and number stands in its place: for mail, or with other dates."""
    extensions = authority / f"{use}.cnf"
    extensions.write_text(f"extendedKeyUsage=critical,{use}\n", encoding="ascii")
    genuine = x509.load_pem_x509_certificate((authority / "authority.pem").read_bytes())
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-set_serial", str(genuine.serial_number))
    dated = ("-days", "7300", "-extfile", extensions.name)
    other = x509.load_pem_x509_certificate(openssl(authority, "x509", "-req", "-in", "authority.csr", *signed, *dated))
    assert (other.issuer, other.serial_number) == (genuine.issuer, genuine.serial_number)
    with pytest.raises(TokenError, match="the certificate that it was signed with"):
        verified(with_certificate(token, other.public_bytes(Encoding.DER)), authority)
    verified(with_certificate(token, genuine.public_bytes(Encoding.DER)), authority)


def with_certificate(token: bytes, certificate: bytes) -> bytes:
    """Put one certificate into a token in place of those that it has."""
    kind, wrapped = whole(token).inside()
    version, algorithms, contents, certificates, signers = wrapped.inside()[0].inside()
    parts = [version.encoded, algorithms.encoded, contents.encoded, tagged(certificates.tag, certificate)]
    outer = tagged(SEQUENCE, b"".join([*parts, signers.encoded]))
    return tagged(SEQUENCE, kind.encoded + tagged(wrapped.tag, outer))


@both
def test_certificates_may_stand_in_any_order(verified: Verified, authority: Path, token: bytes) -> None:
    """DER sorts a set by its bytes; authorities put their certificate first, or last."""
    certificates = signed_data(token).certificates
    assert len(certificates) == 2
    begin, end = certificates[0].start, certificates[-1].end
    orders = {b"".join(order) for order in permutations(certificate.encoded for certificate in certificates)}
    assert len({verified(token[:begin] + order + token[end:], authority) for order in orders}) == 1


@both
def test_a_token_outlives_the_certificate_of_its_authority(verified: Verified) -> None:
    token = (EXPIRED / "in-time.der").read_bytes()
    certificates = [x509.load_der_x509_certificate(found.encoded) for found in signed_data(token).certificates]
    seen = verified(token, EXPIRED, sha256((EXPIRED / "checkpoint.txt").read_bytes()).digest())
    assert seen < min(certificate.not_valid_after_utc for certificate in certificates) < now()


@both
def test_an_authority_that_has_expired_gives_none(verified: Verified) -> None:
    with pytest.raises(TokenError, match=r"expired|was valid then"):
        verified(
            (EXPIRED / "too-late.der").read_bytes(),
            EXPIRED,
            sha256((EXPIRED / "checkpoint.txt").read_bytes()).digest(),
        )


@both
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("key", [("RSA", "rsa_keygen_bits:2048"), ("EC", "ec_paramgen_curve:P-384")], ids=str)
def test_authorities_may_have_other_keys_and_others_between_them_and_their_root(
    key: tuple[str, str], digest: str, verified: Verified, tmp_path: Path
) -> None:
    make_authority(tmp_path, name="Authority", key=("-algorithm", key[0], "-pkeyopt", key[1]))
    configured = (tmp_path / CONFIGURATION).read_text(encoding="utf-8")
    (tmp_path / CONFIGURATION).write_text(
        configured.replace("signer_digest = sha256", f"signer_digest = {digest}").replace("root.pem", "between.pem"),
        encoding="utf-8",
    )
    extended = ("-extfile", CONFIGURATION, "-days", "30", f"-{digest}")
    request = ("-new", "-key", "between.key", "-subj", "/CN=Between", "-out", "between.csr")
    openssl(tmp_path, "genpkey", "-algorithm", key[0], "-pkeyopt", key[1], "-out", "between.key")
    openssl(tmp_path, "req", "-config", CONFIGURATION, *request)
    by_root = ("-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "5", "-extensions", "root")
    openssl(tmp_path, "x509", "-req", "-in", "between.csr", *by_root, *extended, "-out", "between.pem")
    by_between = ("-CA", "between.pem", "-CAkey", "between.key", "-set_serial", "6", "-extensions", "authority")
    openssl(tmp_path, "x509", "-req", "-in", "authority.csr", *by_between, *extended, "-out", "authority.pem")
    token = token_from(tmp_path)
    assert verified(token, tmp_path) <= now()
    between = x509.load_pem_x509_certificate((tmp_path / "between.pem").read_bytes()).public_bytes(Encoding.DER)
    alone = [found.encoded for found in signed_data(token).certificates if found.encoded != between]
    assert len(alone) == 1
    lacking = with_certificate(token, alone[0])
    with pytest.raises(TokenError):
        verified(lacking, tmp_path)
    with (tmp_path / "root.pem").open("ab") as believed:
        believed.write((tmp_path / "between.pem").read_bytes())
    assert verified(lacking, tmp_path) == verified(token, tmp_path)


def test_a_digest_of_another_kind_is_refused(authority: Path) -> None:
    with pytest.raises(NotGrantedError):
        token_from(authority, algorithm=HashAlgorithm.SHA512)


@both
@patient
@given(st.data())
def test_a_token_altered_by_a_bit_is_refused_or_says_the_same(
    verified: Verified, authority: Path, token: bytes, data: st.DataObject
) -> None:
    bit = data.draw(st.integers(0, len(token) * 8 - 1))
    try:
        assert verified(flipped(token, bit), authority) == verified(token, authority)
    except TokenError:
        return


@both
@patient
@given(st.data())
def test_what_is_signed_cannot_be_altered_by_a_bit(
    verified: Verified, authority: Path, token: bytes, data: st.DataObject
) -> None:
    parts = signed_data(token)
    attributes, signature = parts.signer.inside()[3], parts.signer.inside()[5]
    signed = data.draw(st.sampled_from([parts.tst_info, attributes.content, signature.content]))
    first = token.index(signed) * 8
    bit = data.draw(st.integers(first, first + len(signed) * 8 - 1))
    with pytest.raises(TokenError):
        verified(flipped(token, bit), authority)


def flipped(token: bytes, bit: int) -> bytes:
    altered = bytearray(token)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


@both
@patient
@given(st.binary(max_size=200))
def test_garbage_is_refused(verified: Verified, authority: Path, garbage: bytes) -> None:
    with pytest.raises(TokenError):
        verified(garbage, authority)
