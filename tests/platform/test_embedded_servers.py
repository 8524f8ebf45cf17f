"""The embedded servers start, are found again, survive a crash, and never outlive us."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kbi_audit.embedded import postgres, valkey
from kbi_audit.embedded.home import LOOPBACK, PROJECT, SUPERUSER, Machine, machine
from kbi_audit.embedded.privileges import ASKED_TOO
from tests.platform.processes import children_of, fresh_environment, wait_until_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

AN_ORDINARY_USER = pwd.getpwnam("daemon").pw_uid
RUN = [sys.executable, "-m", "kbi_audit.embedded"]

AT_ONCE = Retry(NoBackoff(), 0)


@pytest.fixture
def home() -> Iterator[Path]:
    """Make a home of its own for the servers of one test, that nobody else may enter."""
    folder = Path(tempfile.mkdtemp(prefix="kbi-home-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def database(home: Path) -> Iterator[postgres.Postgres]:
    """Start a PostgreSQL of its own."""
    server = postgres.start(home, machine(home), postgres.fleeting())
    yield server
    server.stop(immediately=True)


def ask(made: Machine, statement: LiteralString) -> object:
    with psycopg.connect(made.database_url(SUPERUSER, "postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_running_server_is_used_again_and_left_running(home: Path, database: postgres.Postgres) -> None:
    second = postgres.start(home, machine(home), postgres.fleeting())
    second.stop()
    assert second.child is None
    assert ask(database.machine, "SELECT 1") == 1


def test_a_stopped_server_starts_again_with_what_it_held(home: Path, database: postgres.Postgres) -> None:
    ask(database.machine, "CREATE TABLE kept AS SELECT 42 AS answer")
    database.stop()
    again = postgres.start(home, machine(home), postgres.fleeting())
    try:
        assert ask(again.machine, "SELECT answer FROM kept") == 42
    finally:
        again.stop(immediately=True)


def test_a_killed_server_recovers_in_spite_of_its_stale_pid_file(home: Path, database: postgres.Postgres) -> None:
    ask(database.machine, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert database.child is not None
    database.child.kill()
    database.child.wait()
    assert (database.data / "postmaster.pid").exists()
    again = postgres.start(home, machine(home), postgres.fleeting())
    try:
        assert ask(again.machine, "SELECT answer FROM kept") == 42
    finally:
        again.stop(immediately=True)


def test_a_port_that_somebody_took_is_exchanged_for_a_free_one(home: Path) -> None:
    remembered = machine(home).postgres_port
    with socket.socket() as other:
        other.bind((LOOPBACK, remembered))
        other.listen()
        server = postgres.start(home, machine(home), postgres.fleeting())
        try:
            assert server.machine.postgres_port == machine(home).postgres_port != remembered
        finally:
            server.stop(immediately=True)


def test_valkey_starts_and_asks_for_its_password(home: Path) -> None:
    server = valkey.start(home, machine(home))
    try:
        with redis.Redis.from_url(server.machine.redis_url()) as friend:
            assert friend.ping()
        with (
            redis.Redis(port=server.machine.valkey_port, retry=Retry(NoBackoff(), 0)) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
    finally:
        server.stop()


def test_secrets_are_made_once_and_only_their_owner_reads_them(home: Path) -> None:
    made = machine(home)
    assert machine(home) == made
    assert (home / "machine.json").stat().st_mode & 0o077 == 0
    passwords = {made.superuser_password, made.owner_password, made.app_password, made.valkey_password}
    assert len(passwords) == 4


def test_postgres_does_not_run_as_root(database: postgres.Postgres) -> None:
    assert database.child is not None
    assert Path("/proc", str(database.child.pid)).stat().st_uid != 0


def test_postgres_runs_from_a_folder_that_only_its_owner_may_enter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = postgres.binaries().parent.parent
    for folder in (package, package.with_suffix(".libs")):
        shutil.copytree(folder, home / folder.name)
    monkeypatch.setattr(postgres, "binaries", lambda: home / package.name / "pginstall" / "bin")
    assert home.stat().st_mode & 0o077 == 0
    server = postgres.start(home, machine(home), postgres.fleeting())
    try:
        assert ask(server.machine, "SELECT 1") == 1
    finally:
        server.stop(immediately=True)


def test_the_servers_die_with_a_parent_that_is_killed(home: Path) -> None:
    environ = {**fresh_environment(), "KBI_HOME": str(home)}
    with subprocess.Popen([*RUN, "sleep", "60"], env=environ, cwd=PROJECT) as parent:
        servers = wait_for_servers(parent.pid)
        parent.kill()
    for server in servers:
        wait_until_gone(server)


def test_they_run_as_an_ordinary_user(home: Path) -> None:
    command = [*RUN, sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])"]
    if os.geteuid() == 0:
        os.chown(home, AN_ORDINARY_USER, AN_ORDINARY_USER)
        reads = "+dac_read_search"  # the project may lie where only root may look
        who = [f"--reuid={AN_ORDINARY_USER}", f"--regid={AN_ORDINARY_USER}", "--clear-groups"]
        command = ["setpriv", *who, f"--inh-caps={reads}", f"--ambient-caps={reads}", ASKED_TOO, "--", *command]
    environ = {**fresh_environment(), "KBI_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, env=environ, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("postgresql://kbi_app:")


def test_nothing_starts_when_the_customer_names_servers_of_their_own(home: Path) -> None:
    named = {"DATABASE_URL": "postgresql://them@their-host/kbi", "REDIS_URL": "redis://their-host/0"}
    program = (
        "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], 'DATABASE_OWNER_URL' in os.environ)"
    )
    environ = {**fresh_environment(), **named, "KBI_HOME": str(home)}
    ran = subprocess.run(
        [*RUN, sys.executable, "-c", program], env=environ, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [*named.values(), "False"]
    assert not (home / "postgres").exists()
    assert not (home / "valkey").exists()


def wait_for_servers(parent: int) -> list[int]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = children_of(parent)
        if "sleep" in found.values():  # the command runs, so both answer
            return [pid for pid, name in found.items() if name != "sleep"]
        time.sleep(0.05)
    pytest.fail("the servers do not start")
