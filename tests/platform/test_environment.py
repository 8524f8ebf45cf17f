"""A setting that is missing or malformed stops start-up, with its name and its remedy."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbi_audit.embedded.home import PROJECT
from kbi_audit.environment import Environment
from kbi_audit.settings_page import settings_page
from kbi_audit.variables import EnvironmentProblemsError, read, settings_of

KEY = base64.b64encode(b"k" * 32).decode()
COMPLETE = {
    "SECRET_KEY": "s" * 50,
    "KEY_ENCRYPTION_KEY": KEY,
    "LOOKUP_KEY": KEY,
    "RECEIPT_SIGNING_KEY": KEY,
    "DATABASE_URL": "postgresql://kbi_app:word@db:5432/kbi",
    "REDIS_URL": "redis://:word@queue:6379/0",
    "SITE_URL": "https://kbi-audit.example/",
    "ALLOWED_HOSTS": "kbi-audit.example, audit.example",
    "LOG_ORIGIN": "kbi-audit.example/exchanges",
}
MALFORMED = {
    "SECRET_KEY": "short-and-secret",
    "KEY_ENCRYPTION_KEY": base64.b64encode(b"too short").decode(),
    "LOOKUP_KEY": "not base64 at all!",
    "DATABASE_URL": "mysql://secret-word@db/kbi",
    "DATABASE_OWNER_URL": "postgresql://secret-word@",
    "REDIS_URL": "redis://secret-word:secret@:notaport",
    "SITE_URL": "kbi-audit.example",
    "DEFAULT_LANGUAGE": "de",
    "SESSION_HOURS": "0",
    "BULK_SLOTS": "many",
    "MAX_BODY_BYTES": "-1",
    "EMAIL_URL": "carrier-pigeon://secret-word",
    "LOG_FORMAT": "xml",
    "SIGNER_URL": "signer:8100",
    "TIMESTAMP_URL": "ftp://tsa.example",
    "TILE_STORE": "s3:///no-bucket",
    "CLAMAV_SOCKET": "clamd.sock",
    "RETENTION_YEARS": "0",
    "DEBUG": "perhaps",
}


def problems_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentProblemsError) as stopped:
        read(Environment, environ)
    return stopped.value.problems


def test_a_complete_environment_is_read_into_types() -> None:
    environment = read(Environment, COMPLETE)
    assert environment.key_encryption_key == b"k" * 32
    assert environment.allowed_hosts == ("kbi-audit.example", "audit.example")
    assert environment.site_url == "https://kbi-audit.example"
    assert environment.session_hours == 8
    assert environment.database_owner_url is None


def test_a_store_is_a_folder_or_a_bucket_and_an_endpoint_keeps_its_slash(tmp_path: Path) -> None:
    paths = {"TILE_STORE": str(tmp_path), "WITNESS_POLICY_FILE": "policy", "TIMESTAMP_URL": "http://tsa.example/tsr/"}
    environment = read(Environment, {**COMPLETE, **paths})
    assert environment.tile_store == str(tmp_path)
    assert environment.witness_policy_file == Path("policy").absolute()
    assert environment.timestamp_url == "http://tsa.example/tsr/"
    assert read(Environment, {**COMPLETE, "TILE_STORE": "s3://tiles/kbi/"}).tile_store == "s3://tiles/kbi"


def test_a_scanner_is_a_socket_here_or_elsewhere() -> None:
    for address in ("unix:/run/clamav/clamd.ctl", "tcp://clamav:3310"):
        assert read(Environment, {**COMPLETE, "CLAMAV_SOCKET": address}).clamav_socket == address
    folder = read(Environment, {**COMPLETE, "ATTACHMENTS_DIR": "attachments"}).attachments_dir
    assert folder == Path("attachments").absolute()


def test_every_missing_variable_is_named_at_once() -> None:
    problems = problems_of({})
    assert [problem.split()[0] for problem in problems] == list(COMPLETE)
    assert all("is missing: expected" in problem for problem in problems)


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_is_told_with_its_remedy(name: str) -> None:
    [problem] = problems_of({other: value for other, value in COMPLETE.items() if other != name})
    assert problem.startswith(f"{name} is missing: expected ")
    assert "Make one with" in problem or "Set it, for example" in problem


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_variable_is_told_with_what_was_expected(name: str) -> None:
    [problem] = problems_of({**COMPLETE, name: MALFORMED[name]})
    assert problem.startswith(f"{name} is ")
    assert ": expected " in problem


def test_all_malformed_variables_are_told_at_once() -> None:
    assert len(problems_of({**COMPLETE, **MALFORMED})) == len(MALFORMED)


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=8))
def test_a_secret_is_never_shown(value: str) -> None:
    secrets = [setting.name for setting in settings_of(Environment) if setting.about.secret]
    problems = problems_of({**COMPLETE, **dict.fromkeys(secrets, value + "never-shown"), "LOG_FORMAT": "xml"})
    assert "never-shown" not in " ".join(problems)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("f" * 50 + "\n", encoding="utf-8")
    others = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}
    assert read(Environment, {**others, "SECRET_KEY_FILE": str(file)}).secret_key == "f" * 50


def test_a_secret_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    others = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}
    [problem] = problems_of({**others, "SECRET_KEY_FILE": str(tmp_path / "nowhere")})
    assert "SECRET_KEY_FILE names (FileNotFoundError)" in problem


def test_the_page_of_settings_says_what_the_code_says() -> None:
    assert (PROJECT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()
