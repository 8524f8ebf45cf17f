"""One PostgreSQL and one Valkey for a whole test session, whatever number of workers runs it.

Initialising, migrating and loading the register is done once per version of them and kept in `.kbi/tests`; a session
runs on a copy, so that several sessions in one tree never meet.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbi_audit.embedded import postgres, valkey
from kbi_audit.embedded.home import APP, HOME, OWNER, PROJECT, SUPERUSER, Machine, free_port, keep, locked, machine
from kbi_audit.roles import create_roles

TEMPLATE = "kbi_template"
CACHE = HOME / "tests"
DECIDES = (
    "compliance/migrations/*.py",
    "compliance/registry/*.py",
    "compliance/*/fixture/**/*.*",
    "compliance/*/*/fixture/*.*",
    "compliance/authorisations/load.py",
    "compliance/authorisations/requests/load_rules.py",
    "requirements/*.txt",
    "kbi_audit/roles.py",
    "kbi_audit/embedded/*.py",
)
KEPT = 3


@dataclass
class Servers:
    """The two servers of a session, on data that is thrown away."""

    home: Path
    database: postgres.Postgres
    queue: valkey.Valkey

    def stop(self) -> None:
        """Stop both and leave nothing behind."""
        self.queue.stop()
        self.database.stop(immediately=True)
        shutil.rmtree(self.home, ignore_errors=True)


def start_servers() -> Servers:
    """Start both on a copy of the migrated template."""
    remove_leftovers()
    home = Path(tempfile.mkdtemp(prefix=f"kbi-tests-{os.getpid()}-"))
    home.chmod(0o711)
    with locked(CACHE):
        migrated = _migrated()
        subprocess.run(["cp", "-a", "--reflink=auto", f"{migrated}/.", home], check=True)
    made = machine(home)
    made.postgres_port, made.valkey_port = free_port(), free_port()
    keep(home, made)
    return Servers(
        home=home,
        database=postgres.start(home, made, postgres.fleeting()),
        queue=valkey.start(home, made),
    )


def remove_leftovers() -> None:
    """Remove the folders of sessions that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("kbi-tests-*-*"):
        owner = folder.name.split("-")[2]
        if not Path("/proc", owner).exists():
            shutil.rmtree(folder, ignore_errors=True)


def database_settings(made: Machine, name: str) -> dict[str, str]:
    """Return the environment under which a process uses this database of the session."""
    return {
        "DATABASE_URL": made.database_url(APP, name),
        "DATABASE_OWNER_URL": made.database_url(OWNER, name),
        "DATABASE_ADMIN_URL": made.database_url(SUPERUSER, "postgres"),
    }


def _migrated() -> Path:
    digest = hashlib.sha256()
    for pattern in DECIDES:
        for file in sorted(PROJECT.glob(pattern)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    ready = CACHE / digest.hexdigest()[:16]
    if not ready.exists():
        draft = CACHE / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o711, parents=True)
        _migrate(draft)
        draft.rename(ready)
        _forget_old()
    ready.touch()
    return ready


def _migrate(home: Path) -> None:
    made = machine(home)
    server = postgres.start(home, made, postgres.fleeting())
    settings = database_settings(made, TEMPLATE)
    try:
        create_roles(
            admin_url=settings["DATABASE_ADMIN_URL"],
            owner_url=settings["DATABASE_OWNER_URL"],
            app_url=settings["DATABASE_URL"],
        )
        environ = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
        for command in (["migrate", "--database=owner", "--verbosity=0"], ["load_register"]):
            arguments: list[str | Path] = [sys.executable, PROJECT / "manage.py", *command]
            done = subprocess.run(arguments, env=environ, check=False, stdout=subprocess.PIPE, text=True)
            if done.returncode:
                print(done.stdout)  # noqa: T201 - there is no test yet that could show it
                pytest.exit(f"{command[0]} fails (see above), so no test can have its database.", returncode=4)
    finally:
        server.stop()


def _forget_old() -> None:
    folders = sorted((path for path in CACHE.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
