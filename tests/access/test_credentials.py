"""Keys of machine clients: several at once, each ended on its own, and none of them kept in clear."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from compliance.access import find_credential
from compliance.access.acts_for import organisations_of, producers_of
from compliance.access.add_credential import MOST, ClosedClientError, TooManyCredentialsError
from compliance.access.add_key import add_public_key
from compliance.access.add_secret import add_secret, add_token
from compliance.access.close_client import close_client
from compliance.access.find_client import find_client
from compliance.access.issue_token import issue_token
from compliance.access.models import ClientCredential, MachineClient
from compliance.access.public_keys import read_public_key
from compliance.access.register_client import NameTakenError, grant_scopes, register_client
from compliance.access.revoke_credential import revoke_credential
from compliance.access.scopes import ALL, PERMISSIONS, Scope, scopes_in, written
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError
from compliance.oversight.models import Act
from compliance.registry.change import change
from compliance.registry.models import Organisation, ProcessingMandate, RegisterChange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

ACTOR = system("test")
WHY: dict[str, Any] = {"actor": ACTOR, "reason": "test"}
RFC_7638 = {
    "kty": "RSA",
    "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n"
    "3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZH"
    "zu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8"
    "awapJzKnqDKgw",
    "e": "AQAB",
}


@pytest.fixture
def client(register: None) -> MachineClient:
    """Return a system of VDAB without a key."""
    organisation = Organisation.objects.get(code="VDAB")
    return register_client(organisation=organisation, name="batch", scopes=["exchanges:report"], **WHY)


def public_pem(key: object) -> str:
    public = key.public_key()  # type: ignore[attr-defined]  # any private key of the library
    return str(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.django_db
def test_a_new_key_works_before_the_old_one_ends(client: MachineClient) -> None:
    old = add_token(client=client, label="2025", expires_at=None, **WHY)
    new = add_token(client=client, label="2026", expires_at=None, **WHY)
    assert find_client(old.secret) == find_client(new.secret) == client
    revoke_credential(credential=old.credential, **WHY)
    assert find_client(old.secret) is None
    assert find_client(new.secret) == client


@pytest.mark.django_db
def test_a_key_ends_at_its_moment_without_anybody_touching_the_register(client: MachineClient) -> None:
    issued = add_token(client=client, label="", expires_at=now() + timedelta(hours=1), **WHY)
    kept = issued.credential
    assert kept.works(now())
    assert not kept.works(now() + timedelta(hours=1))


@pytest.mark.django_db
def test_what_was_shut_out_comes_back_with_a_new_key_only(client: MachineClient) -> None:
    old = add_token(client=client, label="", expires_at=None, **WHY)
    close_client(client=client, **WHY)
    assert find_client(old.secret) is None
    with pytest.raises(ClosedClientError):
        add_secret(client=client, label="", expires_at=None, **WHY)
    new = issue_token(client=client, **WHY)
    assert find_client(old.secret) is None
    assert find_client(new) == client


@pytest.mark.django_db
def test_the_database_lets_nobody_bring_a_key_back_or_change_it(client: MachineClient) -> None:
    kept = add_token(client=client, label="", expires_at=None, **WHY).credential
    revoke_credential(credential=kept, **WHY)
    for statement in (
        "UPDATE compliance_clientcredential SET revoked_at = NULL",
        "UPDATE compliance_clientcredential SET digest = sha256('x')",
        "DELETE FROM compliance_clientcredential",
    ):
        with (
            pytest.raises((ProgrammingError, InternalError, IntegrityError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_nothing_secret_is_kept_in_clear(client: MachineClient) -> None:
    issued = add_secret(client=client, label="x", expires_at=None, **WHY)
    kept = str(list(RegisterChange.objects.values_list("state", flat=True)))
    assert issued.secret not in kept
    assert bytes(issued.credential.digest).hex() not in kept


@pytest.mark.django_db
def test_a_client_has_no_more_keys_than_anybody_rotates(client: MachineClient) -> None:
    first = add_secret(client=client, label="", expires_at=None, **WHY)
    for _more in range(MOST - 1):
        add_secret(client=client, label="", expires_at=None, **WHY)
    with pytest.raises(TooManyCredentialsError):
        add_secret(client=client, label="", expires_at=None, **WHY)
    revoke_credential(credential=first.credential, **WHY)
    add_secret(client=client, label="", expires_at=None, **WHY)


@pytest.mark.django_db
def test_a_person_who_gives_a_key_is_in_the_ledger(client: MachineClient, cast: Mapping[str, Account]) -> None:
    keeper = cast["vdab-requester"]
    add_secret(client=client, label="spring", expires_at=None, actor=keeper.actor, reason="rotation\nof spring")
    act = Act.objects.get(kind="key:added")
    assert (act.actor, act.organisation, act.reason) == ("vdab-requester", "VDAB", "rotation of spring")


@pytest.mark.django_db
def test_one_key_belongs_to_one_client(client: MachineClient) -> None:
    pem = public_pem(ed25519.Ed25519PrivateKey.generate())
    add_public_key(client=client, label="", text=pem, expires_at=None, **WHY)
    other = register_client(
        organisation=Organisation.objects.get(code="VMSW"), name="batch", scopes=["access:evaluate"], **WHY
    )
    with pytest.raises(ValidationError) as refused:
        add_public_key(client=other, label="", text=pem, expires_at=None, **WHY)
    assert "VDAB" not in str(refused.value)


@pytest.mark.django_db
def test_names_of_two_organisations_never_meet(client: MachineClient) -> None:
    vmsw = Organisation.objects.get(code="VMSW")
    assert register_client(organisation=vmsw, name="batch", scopes=["access:evaluate"], **WHY).name == "vmsw.batch"
    with pytest.raises(NameTakenError):
        register_client(organisation=vmsw, name="batch", scopes=["access:evaluate"], **WHY)
    with pytest.raises(ValidationError):
        change(instance=MachineClient(name="vdab.x", organisation=vmsw, created_at=now()), **WHY)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "A", "a.b", "-a", "a-", "a b", "é", "a" * 31])
def test_a_name_that_reads_badly_in_a_token_is_refused(register: None, name: str) -> None:
    with pytest.raises(InvalidInputError):
        register_client(
            organisation=Organisation.objects.get(code="VDAB"), name=name, scopes=["access:evaluate"], **WHY
        )


@pytest.mark.django_db
def test_who_is_not_connected_yet_may_try_out_and_not_report(register: None) -> None:
    leuven = Organisation.objects.get(code="OCMW-LEUVEN")
    made = register_client(organisation=leuven, name="x", scopes=["exchanges:test", "access:evaluate"], **WHY)
    with pytest.raises(InvalidInputError) as refused:
        grant_scopes(client=made, scopes=["exchanges:report"], **WHY)
    assert refused.value.errors[0].code == "not-grantable"


@pytest.mark.django_db
def test_a_vendor_acts_for_those_whose_mandate_is_in_force(register: None) -> None:
    vendor = Organisation.objects.get(code="LEVERANCIER-A")
    made = register_client(organisation=vendor, name="x", scopes=["exchanges:report"], **WHY)
    mandate = ProcessingMandate.objects.get(processor=vendor, controller__code="OCMW-AALST")
    issued = add_token(client=made, label="", expires_at=None, **WHY)
    found = find_client(issued.secret)
    assert found is not None
    acts_for = organisations_of(found, at=now())
    assert acts_for == producers_of(found, at=now())
    assert acts_for > {"LEVERANCIER-A", "OCMW-GENT", "OCMW-ANTWERPEN", "OCMW-AALST"}
    assert not acts_for & {"OCMW-LEUVEN", "VDAB"}
    mandate.valid_until = now().date()
    change(instance=mandate, **WHY)
    found = find_client(issued.secret)
    assert found is not None
    assert "OCMW-AALST" not in organisations_of(found, at=now())


@pytest.mark.django_db
def test_a_gateway_still_reports_for_those_it_names_and_not_for_itself(magda_gateway_token: str) -> None:
    gateway = find_client(magda_gateway_token)
    assert gateway is not None
    assert "MAGDA" not in producers_of(gateway, at=now())
    assert "MAGDA" in organisations_of(gateway, at=now())


@pytest.mark.django_db
def test_an_unknown_number_is_no_key(client: MachineClient) -> None:
    assert find_credential.numbered_credential(number=-1, revision=1, at=now()) is None
    assert not ClientCredential.objects.filter(client=client).exists()


def test_a_thumbprint_is_that_of_rfc_7638() -> None:
    told = urlsafe_b64encode(read_public_key(json.dumps(RFC_7638)).thumbprint).decode().rstrip("=")
    assert told == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize(
    "key",
    [
        ed25519.Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP256R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["ed25519", "p-256", "rsa"],
)
def test_a_public_key_reads_alike_as_pem_and_as_jwk(key: object) -> None:
    read = read_public_key(public_pem(key))
    assert read_public_key(json.dumps(read.jwk)) == read
    assert not {"d", "p", "q"} & read.jwk.keys()


@pytest.mark.parametrize(
    "key",
    [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())],
    ids=["ed25519", "p-256"],
)
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.OpenSSH])
def test_a_private_key_is_refused_and_never_repeated(key: ed25519.Ed25519PrivateKey, form: PrivateFormat) -> None:
    pem = key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()
    with pytest.raises(InvalidInputError) as refused:
        read_public_key(pem)
    assert refused.value.errors[0].code == "private-key"
    assert not any(line in str(refused.value) for line in pem.splitlines()[1:-1])


def test_the_private_half_of_a_jwk_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_public_key(json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "very-secret"}))
    assert refused.value.errors[0].code == "private-key"
    assert "very-secret" not in str(refused.value)


@pytest.mark.parametrize(
    "key",
    [
        ed448.Ed448PrivateKey.generate(),
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 1024),  # noqa: S505 - weak, which is the point
    ],
    ids=["ed448", "p-384", "rsa-1024"],
)
def test_a_key_that_we_cannot_rely_on_is_refused(key: object) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_public_key(public_pem(key))
    assert refused.value.errors[0].code == "weak-key"


@given(st.text() | st.dictionaries(st.text(), st.integers() | st.text() | st.none()).map(json.dumps))
def test_whatever_is_pasted_is_a_key_or_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_public_key(text)


@given(st.frozensets(st.sampled_from(Scope)))
def test_scopes_read_back_as_they_were_written(scopes: frozenset[Scope]) -> None:
    assert scopes_in(written(scopes).split(" ")) == scopes


def test_every_scope_is_documented_and_unknown_words_allow_nothing() -> None:
    assert PERMISSIONS.keys() == ALL
    assert scopes_in(["root", "", "exchanges:report "]) == frozenset()
