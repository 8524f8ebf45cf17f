"""The world that is attacked, and the attacker: a superuser whom no trigger stops."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from compliance.access import find_credential
from compliance.authorisations import snapshot
from compliance.ledger.checkpoint import parse_checkpoint
from compliance.registry import working_days
from kbi_audit.embedded.home import SUPERUSER
from tests.tampering.sealed_world import World, build, copy_database, outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg
    from pytest_django.plugin import DjangoDbBlocker

    from tests.clones import Clone


@pytest.fixture(scope="module")
def sealed(
    clone: Clone,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Make the world once; return the folder of what stands outside the database."""
    folder = tmp_path_factory.mktemp("outside")
    clone.make()
    find_credential.credential_at.cache_clear()
    find_credential.credential_numbered.cache_clear()
    working_days.closing_days_at.cache_clear()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_latest", None)
        build(folder)
        copy_database(clone, source=clone.name, target=f"{clone.name}_sealed")
    return folder


@pytest.fixture
def world(sealed: Path, clone: Clone, transactional_db: None, tmp_path: Path) -> Iterator[World]:
    """Yield a clone of the world, with signer and witnesses that remember it."""
    copy_database(clone, source=f"{clone.name}_sealed", target=clone.name)
    folder = tmp_path / "outside"
    shutil.copytree(sealed, folder)
    held = (folder / "held.txt").read_text()
    with outside(folder):
        yield World(folder, held, parse_checkpoint(held.partition("\n\n")[0] + "\n").size)


@pytest.fixture
def attacker(world: World, clone: Clone) -> Iterator[psycopg.Connection]:
    """Yield a superuser's connection on which no trigger fires."""
    for connection in clone.connect_as(SUPERUSER):
        connection.execute("SET session_replication_role = replica")
        yield connection
