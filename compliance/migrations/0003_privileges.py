"""Least privilege: the service's role reads and appends where history is kept, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import migrations
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = (
    "ledger_entry",
    "ledger_opening",
    "ledger_person_key",
    "exchanges_exchange",
    "exchanges_correction",
    "oversight_act",
    "compliance_registerchange",
    "compliance_authorisationversion",
    "compliance_authorisationwithdrawal",
)

STATEMENTS = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {app}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {app}",
    "GRANT EXECUTE ON FUNCTION make_month(date) TO {app}",
)


def grant(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the service's role what it needs. The role is the user of the default database."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for statement in STATEMENTS:
        schema_editor.execute(sql.SQL(statement).format(app=app).as_string())
    for table in APPEND_ONLY:
        revoke = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {app}")
        schema_editor.execute(revoke.format(table=sql.Identifier(table), app=app).as_string())


class Migration(migrations.Migration):
    """Privileges of the service's role."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0002_ledger_tables")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
