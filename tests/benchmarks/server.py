"""A durable PostgreSQL of its own for a run of the benchmarks, tuned as in the demonstration."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg
from django.core.management import call_command
from psycopg import sql

from kbi_audit.embedded import children, postgres, valkey
from kbi_audit.embedded.home import (
    DATABASE,
    OWNER,
    PROJECT,
    SUPERUSER,
    Machine,
    free_port,
    load_environment,
    machine,
)
from kbi_audit.embedded.waiting import answers_in_time
from kbi_audit.roles import create_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = "kbi_empty"


@contextmanager
def service() -> Iterator[Machine]:
    """Start both servers on an empty, migrated database, and this process's Django on it."""
    home = Path(tempfile.mkdtemp(prefix="kbi-bench-"))
    home.chmod(0o711)
    made = machine(home)
    database = postgres.start(home, made, postgres.tuned())
    queue = valkey.start(home, made)
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbi_audit.settings.development"
        load_environment(os.environ, home)
        create_roles(
            admin_url=os.environ["DATABASE_ADMIN_URL"],
            owner_url=os.environ["DATABASE_OWNER_URL"],
            app_url=os.environ["DATABASE_URL"],
        )
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        yield made
    finally:
        queue.stop()
        database.stop(immediately=True)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def web_server(*, workers: int = 2, threads: int = 8) -> Iterator[int]:
    """Run the real web server, with the settings of the demonstration, and yield its port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"]
    command += [f"--workers={workers}", f"--blocking-threads={threads}", "--no-ws", "kbi_audit.wsgi:application"]
    log = Path(tempfile.mkdtemp(prefix="kbi-bench-web-")) / "web.log"
    server = children.start(command, log=log, environ=dict(os.environ), cwd=PROJECT)
    try:
        if not answers_in_time(port=port, path="/health/live", child=server):
            raise RuntimeError(children.last_lines(log))
        yield port
    except Exception as error:
        error.add_note(children.last_lines(log))
        raise
    finally:
        children.stop(server)
        shutil.rmtree(log.parent)


@contextmanager
def superuser(made: Machine, name: str = DATABASE) -> Iterator[psycopg.Connection]:
    """Connect as the superuser, committing each statement."""
    with psycopg.connect(made.database_url(SUPERUSER, name), autocommit=True) as connection:
        yield connection


def clone(made: Machine, source: str, target: str) -> None:
    """Make a database as a copy of another that nobody uses."""
    with superuser(made, "postgres") as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(target=sql.Identifier(target))
        )
        connection.execute(
            sql.SQL("CREATE DATABASE {target} TEMPLATE {source} OWNER {owner}").format(
                target=sql.Identifier(target), source=sql.Identifier(source), owner=sql.Identifier(OWNER)
            )
        )
