"""What every test may ask for. Tests reach the database as the service's own role, so least privilege always holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase

from compliance.ledger import freshness
from compliance.retention import halt
from kbi_audit.databases import database
from kbi_audit.embedded.home import OWNER, SUPERUSER, machine
from kbi_audit.kinds import DatabaseURL
from kbi_audit.translations import compile_all
from tests.clones import Clone
from tests.servers import Servers, database_settings, start_servers
from tests.turns import turn

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    import psycopg
    from pytest_django.plugin import DjangoDbBlocker

pytest_plugins = ["tests.browser", "tests.cast"]

STARTED = pytest.StashKey[Servers]()
CLONE = pytest.StashKey[Clone]()
HOME = "KBI_TEST_HOME"


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once, in the process that started first, and let this process use its own part of them."""
    if config.option.collectonly:
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        compile_all(Path(settings.LOCALE_PATHS[0]))
        config.stash[STARTED] = start_servers()
        os.environ[HOME] = str(config.stash[STARTED].home)
    made = machine(Path(os.environ[HOME]))
    number = int(worker.removeprefix("gw")) + 1 if worker else 0
    config.stash[CLONE] = Clone(machine=made, name=f"kbi_{worker or 'alone'}")
    os.environ.update(database_settings(made, config.stash[CLONE].name), REDIS_URL=made.redis_url(number))
    for alias, variable in (("default", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL")):
        settings.DATABASES[alias].update(database(DatabaseURL(os.environ[variable]), connection_seconds=0))
    settings.CACHES["default"]["LOCATION"] = settings.CELERY_BROKER_URL = os.environ["REDIS_URL"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let tests that are marked so have the server to themselves."""
    with turn(Path(os.environ[HOME]), alone=item.get_closest_marker("alone") is not None):
        return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if STARTED in config.stash:
        config.stash[STARTED].stop()


@pytest.fixture(scope="session")
def clone(request: pytest.FixtureRequest) -> Clone:
    """Return this worker's database, made from the migrated template."""
    made = request.config.stash[CLONE]
    made.make()
    return made


@pytest.fixture(scope="session")
def django_db_setup(clone: Clone, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Clone instead of migrating; after a test that commits, clone again, since append-only tables refuse TRUNCATE."""

    def clone_again(_case: TransactionTestCase) -> None:
        clone.make()

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(TransactionTestCase, "_fixture_teardown", clone_again)
        yield


@pytest.fixture
def owner_connection(clone: Clone, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Yield a connection as kbi_owner, who owns the schema."""
    yield from clone.connect_as(OWNER)


@pytest.fixture
def superuser_connection(clone: Clone, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Yield a connection as the superuser: the attacker that the ledger must expose."""
    yield from clone.connect_as(SUPERUSER)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test with nothing cached, and with nothing that the process found out in an earlier one."""
    cache.clear()
    monkeypatch.setattr(freshness, "_last", freshness.Waiting())
    monkeypatch.setattr(halt, "_last", (float("-inf"), None))
