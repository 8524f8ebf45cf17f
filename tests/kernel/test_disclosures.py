"""Commitments are the digests of RFC 9901, and an opening shows what a leaf committed to."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]  # it has no types
from jwcrypto.jws import JWS  # type: ignore[import-untyped]  # it has no types
from sd_jwt.verifier import SDJWTVerifier  # type: ignore[import-untyped]  # it has no types

from compliance.exchanges.record import record
from compliance.exchanges.seal_openings import opening_name
from compliance.kernel.disclosures import commitment, disclosure, element_disclosure, salts
from compliance.kernel.encryption import CannotOpenError, unseal
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry, Opening
from compliance.ledger.person_keys import read_keys
from tests.exchanges.random_reports import texts
from tests.exchanges.world import GATEWAY, INSZ, OTHER_INSZ, make_world, report
from tests.properties import patient

if TYPE_CHECKING:
    from uuid import UUID


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        # RFC 9901, section 4.2.3: a member of an object.
        ('["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]', "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"),
        # Section 4.2.4.2: an element of an array.
        ('["lklxF5jMYlGTPUovMNIvCA", "FR"]', "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"),
        # Section 5.1.
        ('["2GLC42sKQveCfGfryNRN9w", "given_name", "John"]', "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4"),
        ('["lklxF5jMYlGTPUovMNIvCA", "US"]', "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo"),
    ],
)
def test_the_digests_of_the_rfc_are_ours(text: str, digest: str) -> None:
    assert commitment(text.encode()) == digest


@patient
@given(texts(60))
def test_a_commitment_is_what_any_reader_of_the_rfc_computes(value: str) -> None:
    salt = next(salts(1))
    for text, told in (
        (disclosure(salt, b"user", json.dumps(value).encode()), ["user", value]),
        (element_disclosure(salt, json.dumps(value).encode()), [value]),
    ):
        assert json.loads(text) == [salt.decode(), *told]
        digest = hashlib.sha256(urlsafe_b64encode(text).rstrip(b"=")).digest()
        assert commitment(text) == urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_salts_are_never_the_same_and_have_264_bits() -> None:
    drawn = [*salts(1_000), *salts(1_000)]
    assert len(set(drawn)) == 2_000
    assert {len(salt) for salt in drawn} == {44}


def opened(identifier: UUID) -> dict[int, list[bytes]]:
    """Return the disclosures behind a record, by position."""
    openings = list(Opening.objects.filter(log=LogNumber.EXCHANGES, id=identifier))
    ciphers = read_keys(log=LogNumber.EXCHANGES, lookups=[bytes(one.lookup) for one in openings if one.lookup])
    return {
        one.position: (
            unseal(ciphers[bytes(one.lookup)], bytes(one.sealed), bound_to=opening_name(identifier.bytes, one.position))
            if one.lookup
            else bytes(one.sealed)
        ).split(b"\n")
        for one in openings
    }


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("dossier", ["D-2016-0042", None])
@pytest.mark.parametrize("user", [{"kind": "local", "value": "u-77"}, None])
@pytest.mark.parametrize("numbers", [(), (INSZ,), (INSZ, OTHER_INSZ)])
def test_every_opening_shows_exactly_what_the_leaf_committed_to(
    dossier: str | None, user: dict[str, str] | None, numbers: tuple[str, ...]
) -> None:
    make_world()
    asker = {"organisation": "VDAB"} if user is None else {"organisation": "VDAB", "user": user}
    subjects = [{"kind": "insz", "value": number} for number in numbers]
    answer = record(reports=[report(asker=asker, dossier=dossier, subjects=subjects)], reporter=GATEWAY)[0]
    leaf = json.loads(bytes(Entry.objects.get(id=answer.id).leaf))

    lines = [line for position, text in sorted(opened(answer.id).items()) for line in text]
    committed = [*leaf["_sd"], *(subject["..."] for subject in leaf["subjects"])]
    assert sorted(map(commitment, lines)) == sorted(committed)
    told = {line[1]: line[2] for line in map(json.loads, lines) if len(line) == 3}
    assert told == {"user": user and "local:u-77", "dossier": dossier}
    persons = {commitment(line): json.loads(line)[1] for line in lines if len(json.loads(line)) == 2}
    assert [persons[subject["..."]]["value"] for subject in leaf["subjects"]] == list(numbers)


@pytest.mark.usefixtures("db")
def test_a_leaf_and_its_disclosures_are_read_by_a_program_for_selective_disclosure_that_is_not_ours() -> None:
    make_world()
    subjects = [{"kind": "insz", "value": number} for number in (INSZ, OTHER_INSZ)]
    answer = record(reports=[report(subjects=subjects)], reporter=GATEWAY)[0]
    leaf = bytes(Entry.objects.get(id=answer.id).leaf)
    lines = [line for _, text in sorted(opened(answer.id).items()) for line in text]

    key = JWK.generate(kty="EC", crv="P-256")
    signed = JWS(leaf)
    signed.add_signature(key, alg="ES256", protected=json.dumps({"alg": "ES256"}))
    disclosures = [urlsafe_b64encode(line).rstrip(b"=").decode() for line in lines]
    presented = "~".join([signed.serialize(compact=True), *disclosures, ""])
    told = SDJWTVerifier(presented, lambda *_: key).get_verified_payload()

    assert (told["user"], told["dossier"]) == ("local:u-77", "D-2016-0042")
    assert [subject["value"] for subject in told["subjects"]] == [INSZ, OTHER_INSZ]
    assert told["id"] == str(answer.id)


@pytest.mark.usefixtures("db")
def test_an_opening_that_is_moved_to_another_record_or_position_does_not_open() -> None:
    make_world()
    both = [{"kind": "insz", "value": INSZ}, {"kind": "insz", "value": INSZ, "role": "guardian"}]
    one, other = record(reports=[report(subjects=both), report(message_reference="other")], reporter=GATEWAY)
    opening = Opening.objects.get(id=one.id, position=0)
    lookup = bytes(opening.lookup or b"")
    assert lookup == bytes(Opening.objects.get(id=other.id, position=0).lookup or b"")
    cipher = read_keys(log=LogNumber.EXCHANGES, lookups=[lookup])[lookup]

    assert INSZ.encode() in unseal(cipher, bytes(opening.sealed), bound_to=opening_name(one.id.bytes, 0))
    for identifier, position in ((other.id, 0), (one.id, 1)):
        with pytest.raises(CannotOpenError):
            unseal(cipher, bytes(opening.sealed), bound_to=opening_name(identifier.bytes, position))


@pytest.mark.usefixtures("db")
def test_the_same_person_is_committed_to_anew_in_each_record() -> None:
    make_world()
    told = [report(message_reference=f"r-{number}") for number in range(20)]
    answers = record(reports=told, reporter=GATEWAY)
    leaves = [json.loads(bytes(Entry.objects.get(id=answer.id).leaf)) for answer in answers]
    digests = [digest for leaf in leaves for digest in (*leaf["_sd"], leaf["subjects"][0]["..."])]
    assert len(set(digests)) == len(digests) == 60
