"""The two roles and their database: the owner makes tables, the service reads and appends."""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict


def create_roles(*, admin_url: str, owner_url: str, app_url: str) -> None:
    """Make or mend roles and database on the server, with the passwords of the addresses. Safe to repeat."""
    owner, app = conninfo_to_dict(owner_url), conninfo_to_dict(app_url)
    database = sql.Identifier(str(owner["dbname"]))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role in (owner, app):
            _create_role(admin, str(role["user"]), str(role.get("password", "")))
        found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [owner["dbname"]]).fetchone()
        names = {
            "database": database,
            "owner": sql.Identifier(str(owner["user"])),
            "app": sql.Identifier(str(app["user"])),
        }
        if not found:
            admin.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner} TEMPLATE template0").format(**names))
        for statement in (
            "ALTER DATABASE {database} OWNER TO {owner}",
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {database} TO {app}",
        ):
            admin.execute(sql.SQL(statement).format(**names))
    with psycopg.connect(owner_url, autocommit=True) as own:
        own.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        own.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {app}").format(**names))


def _create_role(admin: psycopg.Connection, name: str, password: str) -> None:
    found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER ROLE" if found else "CREATE ROLE")
    rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD")
    admin.execute(sql.SQL("{} {} {} {}").format(verb, sql.Identifier(name), rights, sql.Literal(password)))
