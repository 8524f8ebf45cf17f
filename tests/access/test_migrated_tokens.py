"""What a client had before it could have several keys keeps working after the upgrade."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from compliance.access.tokens import hash_of, new_token
from kbi_audit.embedded.home import APP, OWNER, PROJECT, SUPERUSER
from tests.servers import database_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.clones import Clone

NAME = "kbi_before_several_keys"
BEFORE = "0006_verification_and_cases"


@pytest.fixture
def old(clone: Clone) -> Iterator[psycopg.Connection]:
    """Yield a connection of the owner to a database as it was before."""
    machine = clone.machine
    with psycopg.connect(machine.database_url(SUPERUSER, "postgres"), autocommit=True) as admin:
        names = {"name": sql.Identifier(NAME), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
        for statement in (
            "DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            "CREATE DATABASE {name} OWNER {owner}",
            "GRANT CONNECT ON DATABASE {name} TO {app}",
        ):
            admin.execute(sql.SQL(statement).format(**names))
        migrate(clone, BEFORE)
        with psycopg.connect(machine.database_url(OWNER, NAME), autocommit=True) as owner:
            yield owner
        admin.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))


def migrate(clone: Clone, target: str) -> None:
    environ = {**os.environ, **database_settings(clone.machine, NAME)}
    environ["DJANGO_SETTINGS_MODULE"] = "kbi_audit.settings.testing"
    command = [sys.executable, str(PROJECT / "manage.py"), "migrate", "compliance", target, "--verbosity=0"]
    subprocess.run(command, env=environ, check=True, timeout=120)


def test_a_token_becomes_a_key_with_a_history_and_a_revoked_one_stays_revoked(
    clone: Clone, old: psycopg.Connection
) -> None:
    tokens = {"old-system": new_token(), "shut-out": new_token()}
    old.execute(
        "INSERT INTO compliance_organisation (code, kind, name_nl, name_en, name_fr, kbo_number, ovo_code, dpo_name, "
        "dpo_email, counted_as_partner, position) VALUES ('VDAB', 'authority', 'v', 'v', 'v', '', '', '', '', true, 1)"
    )
    for name, token in tokens.items():
        old.execute(
            "INSERT INTO compliance_machineclient (name, token_hash, created_at, revoked_at, organisation_id) "
            "SELECT %s, %s, '2026-01-02T03:04:05Z', %s, id FROM compliance_organisation",
            [name, hash_of(token), "2026-02-03T04:05:06Z" if name == "shut-out" else None],
        )
        old.execute(
            "INSERT INTO compliance_registerchange (kind, code, version, state, changed_at, changed_by, reason) "
            "VALUES ('machineclient', %s, 1, '{\"token_hash\": \"aa\", \"organisation\": \"VDAB\"}', now(), 'x', 'y')",
            [name],
        )

    migrate(clone, "0007_client_credentials")

    kept = old.execute(
        "SELECT c.name, k.kind, k.digest, k.revoked_at IS NOT NULL, c.scopes FROM compliance_clientcredential k "
        "JOIN compliance_machineclient c ON c.id = k.client_id ORDER BY c.name"
    ).fetchall()
    granted = ["evidence:make", "exchanges:report", "receipts:check"]
    assert kept == [
        ("old-system", "token", hash_of(tokens["old-system"]), False, granted),
        ("shut-out", "token", hash_of(tokens["shut-out"]), True, granted),
    ]
    versions = old.execute(
        "SELECT kind, version, state ->> 'client', state ? 'token_hash' FROM compliance_registerchange "
        "WHERE changed_by = 'system:migrate' ORDER BY id"
    ).fetchall()
    assert versions == [
        ("clientcredential", 1, "old-system", False),
        ("machineclient", 2, None, False),
        ("clientcredential", 1, "shut-out", False),
        ("machineclient", 2, None, False),
    ]
