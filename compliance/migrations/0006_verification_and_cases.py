"""Verifications of the ledger, and the cases that they open. Neither is ever deleted; a closed case stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = """
CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'case % is closed, and stays as it is', OLD.id
        USING ERRCODE = 'insufficient_privilege', HINT = 'What is found anew opens a case of its own.';
END $$;
CREATE TRIGGER closed_for_ever BEFORE UPDATE ON compliance_case FOR EACH ROW
    WHEN (OLD.state = 'closed') EXECUTE FUNCTION refuse_reopening();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_case
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_verificationrun
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add and end, never delete."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    revoke = sql.SQL("REVOKE DELETE ON compliance_case, compliance_verificationrun FROM {app}")
    schema_editor.execute(revoke.format(app=app).as_string())


class Migration(migrations.Migration):
    """Verifications and cases."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0005_erasure")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ledger-diverges", "the ledger does not verify")], max_length=40, verbose_name="kind"
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="key")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("title", models.TextField(verbose_name="title")),
                ("facts", models.JSONField(verbose_name="facts")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open case"), ("closed", "closed case")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("closed_by", models.CharField(blank=True, max_length=150, verbose_name="closed by")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ("-opened_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="case_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", ""), ("reason", ""), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("closed_by", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="closed_case_has_who_when_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerificationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("log", models.SmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("command", "by command"), ("round", "round the clock")],
                        max_length=10,
                    ),
                ),
                ("first", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("end_xid", models.BigIntegerField(default=0)),
                ("end_id", models.UUIDField(default=UUID(int=0))),
                ("reached", models.BigIntegerField()),
                ("with_openings", models.BooleanField()),
                ("started_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "verification",
                "verbose_name_plural": "verifications",
                "ordering": ("-started_at", "-id"),
                "indexes": [models.Index(fields=["log", "-moved_at"], name="verification_newest")],
            },
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
