"""Suspensions of authorisations, and their liftings. Neither is ever changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_authorisationsuspension
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_suspensionlifting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add, and nothing else."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    revoke = sql.SQL(
        "REVOKE UPDATE, DELETE ON compliance_authorisationsuspension, compliance_suspensionlifting FROM {app}"
    )
    schema_editor.execute(revoke.format(app=app).as_string())


def _signed() -> list[tuple[str, models.Field[object, object]]]:
    return [
        ("registered_at", models.DateTimeField(verbose_name="registered at")),
        ("registered_by", models.CharField(max_length=150, verbose_name="registered by")),
        ("reason", models.TextField(verbose_name="reason")),
    ]


class Migration(migrations.Migration):
    """Suspensions of authorisations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0008_notices")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AuthorisationSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("suspended_from", models.DateTimeField(verbose_name="suspended from")),
                *_signed(),
                (
                    "authorisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="compliance.authorisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "ordering": ("suspended_from", "id"),
            },
        ),
        migrations.CreateModel(
            name="SuspensionLifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lifted_from", models.DateTimeField(verbose_name="lifted from")),
                *_signed(),
                (
                    "suspension",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifting",
                        to="compliance.authorisationsuspension",
                    ),
                ),
            ],
            options={
                "verbose_name": "lifting of a suspension",
                "verbose_name_plural": "liftings of suspensions",
            },
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
