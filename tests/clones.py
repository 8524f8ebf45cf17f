"""Each worker's own database: a clone of the migrated template, made anew after a test that committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
from django.db import connections
from psycopg import sql

from kbi_audit.embedded.home import APP, OWNER, SUPERUSER, Machine
from tests.servers import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Clone:
    """The database of one worker."""

    machine: Machine
    name: str

    def make(self) -> None:
        """Put a fresh clone in the place of what is there; whoever is connected is cut off."""
        connections.close_all()
        names = {"clone": sql.Identifier(self.name), "template": sql.Identifier(TEMPLATE)}
        names |= {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
        with psycopg.connect(self.machine.database_url(SUPERUSER, "postgres"), autocommit=True) as admin:
            for statement in (
                "DROP DATABASE IF EXISTS {clone} WITH (FORCE)",
                "CREATE DATABASE {clone} OWNER {owner} TEMPLATE {template} STRATEGY FILE_COPY",
                "REVOKE ALL ON DATABASE {clone} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {clone} TO {app}",
            ):
                admin.execute(sql.SQL(statement).format(**names))

    def connect_as(self, role: str) -> Iterator[psycopg.Connection]:
        """Yield a connection of this role, outside Django and committing by itself."""
        with psycopg.connect(self.machine.database_url(role, self.name), autocommit=True) as connection:
            yield connection
