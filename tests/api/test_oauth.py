"""Promises of ``POST /oauth/token`` and of the access tokens that it gives."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from compliance.access import access_tokens
from compliance.access.access_tokens import SECONDS, issue_access_token, read_access_token
from compliance.access.add_key import add_certificate
from compliance.access.add_secret import add_secret
from compliance.access.close_client import close_client
from compliance.access.models import ClientCredential, ClientCredentialUse, MachineClient
from compliance.access.note_use import note_use
from compliance.access.register_client import grant_scopes
from compliance.access.revoke_credential import revoke_credential
from compliance.access.scopes import Scope
from compliance.api.oauth.metadata import metadata
from compliance.api.oauth.server import TokenServer
from compliance.kernel.clock import now
from tests.api.oauth import (
    ASSERTION_TYPE,
    SITE,
    WHY,
    Signer,
    ask,
    basic,
    bearer,
    ed25519_signer,
    encoded,
    make_client,
)

if TYPE_CHECKING:
    from django.test import Client, RequestFactory
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper  # type: ignore[attr-defined]  # its package hides it

pytestmark = pytest.mark.django_db
CHECK = "/api/v1/receipts/check"
PROXY: dict[str, Any] = {"REMOTE_ADDR": "10.0.0.7"}


@pytest.fixture
def machine(register: None) -> MachineClient:
    return make_client()


@pytest.fixture
def secret(machine: MachineClient) -> str:
    return add_secret(client=machine, label="", expires_at=None, **WHY).secret


@pytest.fixture
def token(client: Client, machine: MachineClient, secret: str) -> str:
    return str(ask(client, headers=basic(machine.name, secret)).json()["access_token"])


def claims_of(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, claims, _signature = (base64.urlsafe_b64decode(f"{part}==") for part in token.split("."))
    return json.loads(header), json.loads(claims)


def with_assertion(client: Client, assertion: str) -> Any:
    return ask(client, client_assertion_type=ASSERTION_TYPE, client_assertion=assertion)


def certificate_of(machine: MachineClient | None, *, name: str = "system") -> x509.Certificate:
    """Return a fresh certificate, registered when a client is given."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=30))
    certificate = made.sign(key, SHA256())
    if machine is not None:
        text = certificate.public_bytes(Encoding.PEM).decode()
        add_certificate(client=machine, label="", text=text, expires_at=None, **WHY)
    return certificate


def shown(certificate: x509.Certificate) -> dict[str, str]:
    """Return the header in which a proxy passes a certificate on."""
    return {"Client-Cert": f":{base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()}:"}


def check(client: Client, headers: dict[str, str], **environ: Any) -> Any:
    """Ask something that only a client with the scope is answered."""
    return client.post(CHECK, b"[]", "application/json", headers=headers, **environ)


def refused(answer: Any) -> str:
    """Return why, of an answer that is a refusal as RFC 6749 has it."""
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert answer.status_code == (401 if answer.json()["error"] == "invalid_client" else 400), answer.content
    return str(answer.json()["error"])


def let_in(answer: Any) -> bool:
    return bool(answer.status_code not in {401, 403})


@pytest.mark.parametrize("way", ["basic", "post"])
def test_a_secret_gets_a_token_that_says_who_asked_and_what_it_may(
    client: Client, machine: MachineClient, secret: str, way: str
) -> None:
    form: dict[str, Any] = {"client_id": machine.name, "client_secret": secret}
    answer = ask(client, headers=basic(machine.name, secret)) if way == "basic" else ask(client, **form)
    body = answer.json()
    assert answer.status_code == 200, body
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert body["scope"] == "exchanges:report receipts:check"
    header, claims = claims_of(body["access_token"])
    assert header["typ"] == "at+jwt"
    assert (claims["iss"], claims["client_id"], claims["scope"]) == (SITE, "vdab.batch", body["scope"])
    assert claims["exp"] - claims["iat"] == SECONDS
    assert let_in(check(client, bearer(body["access_token"])))


def test_a_token_verifies_with_the_published_key(client: Client, token: str) -> None:
    (key,) = client.get("/oauth/jwks").json()["keys"]
    assert "d" not in key
    signed, _, signature = token.rpartition(".")
    public = ed25519.Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(f"{key['x']}=="))
    public.verify(base64.urlsafe_b64decode(f"{signature}=="), signed.encode())
    assert claims_of(token)[0]["kid"] == key["kid"]


@pytest.mark.parametrize(
    "signer",
    [
        ed25519_signer("EdDSA"),
        ed25519_signer("Ed25519"),
        Signer(ec.generate_private_key(ec.SECP256R1()), "ES256"),
        Signer(rsa.generate_private_key(65537, 2048), "RS256"),
        Signer(rsa.generate_private_key(65537, 2048), "PS256"),
    ],
    ids=lambda signer: signer.algorithm,
)
def test_a_client_signs_who_it_is_with_its_own_key(client: Client, machine: MachineClient, signer: Signer) -> None:
    signer.given_to(machine)
    for audience in (f"{SITE}/oauth/token", SITE, [SITE, "elsewhere"]):
        answer = with_assertion(client, signer.assertion(machine.name, aud=audience))
        assert answer.status_code == 200, answer.content
        assert let_in(check(client, bearer(answer.json()["access_token"])))


def test_an_assertion_works_once(client: Client, machine: MachineClient) -> None:
    assertion = ed25519_signer().given_to(machine).assertion(machine.name)
    assert with_assertion(client, assertion).status_code == 200
    assert refused(with_assertion(client, assertion)) == "invalid_client"


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": None},
        {"exp": int(time.time()) - 120},
        {"exp": int(time.time()) + 3600},
        {"exp": None},
        {"exp": "soon"},
        {"iss": "vmsw.batch"},
        {"iss": None},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"jti": "x" * 201},
        {"nbf": int(time.time()) + 3600},
        {"iat": int(time.time()) + 3600},
    ],
    ids=str,
)
def test_an_assertion_that_says_something_else_is_refused(
    client: Client, machine: MachineClient, changes: dict[str, Any]
) -> None:
    signer = ed25519_signer().given_to(machine)
    assert refused(with_assertion(client, signer.assertion(machine.name, **changes))) == "invalid_client"


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "ES256", "RS256", "", 7])
def test_the_header_never_decides_how_an_assertion_is_checked(
    client: Client, machine: MachineClient, algorithm: str
) -> None:
    signer = ed25519_signer().given_to(machine)
    assertion = signer.assertion(machine.name, header={"alg": algorithm})
    assert refused(with_assertion(client, assertion)) == "invalid_client"


@pytest.mark.parametrize("header", [{"jwk": {}}, {"jku": "https://evil.example"}, {"crit": ["b64"], "b64": False}])
def test_a_key_that_the_assertion_brings_itself_counts_for_nothing(
    client: Client, machine: MachineClient, header: dict[str, Any]
) -> None:
    ed25519_signer().given_to(machine)
    stranger = ed25519_signer()
    jwk = OKPKey.import_key(stranger.pem).as_dict(private=False)
    brought = {"alg": "EdDSA", **header, **({"jwk": jwk} if "jwk" in header else {})}
    assert refused(with_assertion(client, stranger.assertion(machine.name, header=brought))) == "invalid_client"


def test_a_key_of_one_client_says_nothing_of_another(client: Client, machine: MachineClient) -> None:
    other = ed25519_signer().given_to(make_client(organisation="VMSW"))
    assert refused(with_assertion(client, other.assertion(machine.name))) == "invalid_client"


def test_which_clients_exist_is_told_to_nobody(client: Client, machine: MachineClient, secret: str) -> None:
    wrong = ask(client, headers=basic(machine.name, "kbs_" + "A" * 43))
    unknown = ask(client, headers=basic("nobody.here", secret))
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content)
    assert wrong["WWW-Authenticate"].startswith("Basic")
    signer = ed25519_signer()
    assert (
        with_assertion(client, signer.assertion(machine.name)).content
        == with_assertion(client, signer.assertion("nobody.here")).content
        == wrong.content
    )


def test_less_may_be_asked_and_more_is_refused(client: Client, machine: MachineClient, secret: str) -> None:
    headers = basic(machine.name, secret)
    less = ask(client, headers=headers, scope="receipts:check").json()
    assert less["scope"] == "receipts:check"
    answer = client.post("/api/v1/exchanges", b"{}", "application/json", headers=bearer(less["access_token"]))
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/missing-scope")
    assert "exchanges:report" in answer.json()["detail"]
    for scope in ("access:evaluate", "receipts:check access:evaluate", "root"):
        assert refused(ask(client, headers=headers, scope=scope)) == "invalid_scope"


def test_a_request_that_is_not_one_form_with_one_proof_is_refused(
    client: Client, machine: MachineClient, secret: str
) -> None:
    headers = basic(machine.name, secret)
    assert refused(ask(client, headers=headers, client_secret=secret)) == "invalid_request"
    assert refused(ask(client, headers=headers, grant_type="password")) == "unsupported_grant_type"
    assert refused(ask(client, headers=headers, grant_type='"\\é')) == "unsupported_grant_type"
    body = "grant_type=client_credentials&scope=a&scope=b"
    twice = client.post("/oauth/token", body, "application/x-www-form-urlencoded", headers=headers)
    assert refused(twice) == "invalid_request"
    told = {"grant_type": "client_credentials", "client_id": machine.name, "client_secret": secret}
    assert refused(client.post("/oauth/token", json.dumps(told), "application/json")) == "invalid_request"
    in_address = client.post(
        f"/oauth/token?client_secret={secret}",
        f"grant_type=client_credentials&client_id={machine.name}",
        "application/x-www-form-urlencoded",
    )
    assert refused(in_address) == "invalid_client"
    assert refused(ask(client)) == "invalid_client"


@pytest.mark.parametrize("written", ["Basic ///", "Basic /w==", "Basic eA==", "Basic", "Digest x", "Basic AAAAOng="])
def test_bytes_that_are_no_proof_are_refused_in_words(client: Client, register: None, written: str) -> None:
    assert refused(ask(client, headers={"Authorization": written})) == "invalid_client"


@given(assertion=st.text(alphabet="abc.=-_ey\x00é\n{}", max_size=60) | st.binary(max_size=60).map(encoded))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_assertion_brings_the_endpoint_down(rf: RequestFactory, register: None, assertion: str) -> None:
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    body = "&".join(f"{name}={value}" for name, value in form.items())
    request = rf.post("/oauth/token", body.encode(), "application/x-www-form-urlencoded")
    assert TokenServer().answer(request).status_code in {400, 401}


def test_what_is_revoked_is_shut_out_at_once_with_the_tokens_it_got(
    client: Client, machine: MachineClient, token: str
) -> None:
    assert let_in(check(client, bearer(token)))
    revoke_credential(credential=machine.credentials.get(), **WHY)
    answer = check(client, bearer(token))
    assert answer.status_code == 401
    assert "invalid_token" in answer["WWW-Authenticate"]


def test_a_system_that_is_shut_out_is_so_with_all_its_keys(
    client: Client, machine: MachineClient, secret: str, token: str
) -> None:
    close_client(client=machine, **WHY)
    assert check(client, bearer(token)).status_code == 401
    assert refused(ask(client, headers=basic(machine.name, secret))) == "invalid_client"


def test_rotation_leaves_no_gap(client: Client, machine: MachineClient, secret: str) -> None:
    second = add_secret(client=machine, label="next", expires_at=None, **WHY).secret
    for each in (secret, second):
        assert ask(client, headers=basic(machine.name, each)).status_code == 200
    revoke_credential(credential=machine.credentials.order_by("id")[0], **WHY)
    assert refused(ask(client, headers=basic(machine.name, secret))) == "invalid_client"
    assert ask(client, headers=basic(machine.name, second)).status_code == 200


def test_a_scope_that_is_taken_away_leaves_the_tokens_too(client: Client, machine: MachineClient, token: str) -> None:
    grant_scopes(client=machine, scopes=["exchanges:report"], **WHY)
    assert check(client, bearer(token)).status_code == 403


def test_a_token_ends_after_ten_minutes(machine: MachineClient, secret: str) -> None:
    kept = machine.credentials.get()
    token = issue_access_token(credential=kept, scopes=frozenset({Scope.RECEIPTS_CHECK}), at=now())
    assert read_access_token(token, at=now()) is not None
    assert read_access_token(token, at=now() + timedelta(seconds=SECONDS)) is None


def test_a_token_that_we_did_not_sign_is_refused(client: Client, token: str) -> None:
    header, claims = claims_of(token)
    stranger = ed25519_signer("Ed25519")
    signed, _, signature = token.rpartition(".")
    altered = {**claims, "scope": "evidence:make"}
    for other in (
        stranger.signed(header, claims),
        stranger.signed({**header, "alg": "none"}, claims),
        stranger.signed({**header, "alg": "HS256"}, claims),
        f"{signed.partition('.')[0]}.{encoded(json.dumps(altered).encode())}.{signature}",
        "",
        "a.b.c",
        "kbi_" + "A" * 43,
        "x" * 5000,
    ):
        assert check(client, bearer(other)).status_code == 401


def test_an_assertion_is_no_access_token(client: Client, machine: MachineClient) -> None:
    assertion = ed25519_signer().given_to(machine).assertion(machine.name)
    assert check(client, bearer(assertion)).status_code == 401


def test_a_token_seen_before_costs_one_query_and_no_signature(
    client: Client, token: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    check(client, bearer(token))
    before = access_tokens._verified.cache_info().hits  # noqa: SLF001 - what is measured
    with django_assert_num_queries(1):
        check(client, {**bearer(token), "Content-Encoding": "unknown"})
    assert access_tokens._verified.cache_info().hits == before + 1  # noqa: SLF001 - the same


@pytest.fixture
def proxied(settings: SettingsWrapper) -> None:
    settings.CERTIFICATE_PROXIES = (ip_network("10.0.0.0/24"),)


def test_a_certificate_gets_a_token_that_is_bound_to_it(client: Client, machine: MachineClient, proxied: None) -> None:
    certificate = certificate_of(machine)
    body = f"grant_type=client_credentials&client_id={machine.name}"
    form = "application/x-www-form-urlencoded"
    answer = client.post("/oauth/token", body, form, headers=shown(certificate), **PROXY)
    token = answer.json()["access_token"]
    assert claims_of(token)[1]["cnf"]["x5t#S256"] == encoded(certificate.fingerprint(SHA256()))
    assert let_in(check(client, bearer(token) | shown(certificate), **PROXY))
    assert check(client, bearer(token), **PROXY).status_code == 401
    assert check(client, bearer(token) | shown(certificate_of(None)), **PROXY).status_code == 401


def test_a_certificate_alone_is_enough_until_it_is_revoked(
    client: Client, machine: MachineClient, proxied: None
) -> None:
    certificate = certificate_of(machine)
    assert let_in(check(client, shown(certificate), **PROXY))
    assert check(client, shown(certificate_of(None)), **PROXY).status_code == 401
    revoke_credential(credential=machine.credentials.get(), **WHY)
    assert check(client, shown(certificate), **PROXY).status_code == 401


def test_a_header_that_no_proxy_wrote_counts_for_nothing(
    client: Client, machine: MachineClient, proxied: None, settings: SettingsWrapper
) -> None:
    certificate = certificate_of(machine)
    assert check(client, shown(certificate), REMOTE_ADDR="10.0.1.7").status_code == 401
    assert check(client, shown(certificate), REMOTE_ADDR="").status_code == 401
    settings.CERTIFICATE_PROXIES = ()
    assert check(client, shown(certificate), **PROXY).status_code == 401


@pytest.mark.parametrize("written", [":", "::", ":!:", "AAAA", ":AAAA:,:AAAA:", ":QUFB:"])
def test_a_header_that_is_no_certificate_counts_for_nothing(
    client: Client, machine: MachineClient, proxied: None, written: str
) -> None:
    certificate_of(machine)
    assert check(client, {"Client-Cert": written}, **PROXY).status_code == 401


def test_a_certificate_ends_when_it_says_itself(machine: MachineClient) -> None:
    certificate = certificate_of(machine)
    assert ClientCredential.objects.get(client=machine).expires_at == certificate.not_valid_after_utc


def test_a_use_is_noted_once_a_minute(machine: MachineClient, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.access.note_use._noted", {})
    kept, at = machine.credentials.get(), now()
    note_use(credential=kept.pk, at=at)
    monkeypatch.setattr("compliance.access.note_use._noted", {})  # another process
    note_use(credential=kept.pk, at=at + timedelta(seconds=59))
    assert ClientCredentialUse.objects.get(credential=kept).last_used_at == at
    note_use(credential=kept.pk, at=at + timedelta(seconds=120))
    assert ClientCredentialUse.objects.get(credential=kept).last_used_at == at + timedelta(seconds=120)


def test_the_metadata_say_what_there_is(client: Client) -> None:
    told = client.get("/.well-known/oauth-authorization-server").json()
    assert told == metadata()
    assert told["token_endpoint"] == f"{SITE}/oauth/token"
    assert told["scopes_supported"] == sorted(Scope)
    assert "none" not in told["token_endpoint_auth_methods_supported"]
    assert "none" not in told["token_endpoint_auth_signing_alg_values_supported"]
