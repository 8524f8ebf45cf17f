"""Both embedded servers, those that are needed: an address in the environment means the customer has one."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kbi_audit.embedded import postgres, valkey
from kbi_audit.embedded.home import APP, HOME, OWNER, SUPERUSER, load_environment, locked, machine
from kbi_audit.roles import create_roles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def running_servers(home: Path = HOME) -> Iterator[None]:
    """Keep what is not named in the environment running, and name it there; what we started stops afterwards."""
    made = machine(home)
    with ExitStack() as stack:
        with locked(home, "servers.lock"):
            if not os.environ.get("DATABASE_URL"):
                database = postgres.start(home, made, postgres.tuned())
                stack.callback(database.stop)
                create_roles(
                    admin_url=made.database_url(SUPERUSER, "postgres"),
                    owner_url=made.database_url(OWNER),
                    app_url=made.database_url(APP),
                )
            if not os.environ.get("REDIS_URL"):
                stack.callback(valkey.start(home, made).stop)
        load_environment(home=home)
        yield
