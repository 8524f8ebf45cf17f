"""Partners on their way to production. Nothing of it is ever deleted; what was moved stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_connectionmove
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_connection
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_connectionstep
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_passedcheck
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add to the history of moves, change where a connection stands, and delete nothing."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for revoke in (
        "REVOKE UPDATE, DELETE ON compliance_connectionmove FROM {app}",
        "REVOKE DELETE ON compliance_connection, compliance_connectionstep, compliance_passedcheck FROM {app}",
    ):
        schema_editor.execute(sql.SQL(revoke).format(app=app).as_string())


class Migration(migrations.Migration):
    """Partners on their way to production."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0010_authorisation_requests")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterModelOptions(
            name="organisation",
            options={
                "ordering": ("position", "name_nl"),
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
            },
        ),
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.UUIDField(default=uuid4, editable=False, primary_key=True, serialize=False)),
                ("authorisation", models.CharField(blank=True, max_length=60, verbose_name="authorisation")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("analysis", "analysis"),
                            ("acceptance", "acceptance environment"),
                            ("tests-passed", "tests"),
                            ("production", "production"),
                        ],
                        default="analysis",
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("connected_on", models.DateField(blank=True, null=True, verbose_name="in production since")),
                ("begun_at", models.DateTimeField(verbose_name="begun at")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        related_name="connecting",
                        to="compliance.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="compliance.route", verbose_name="route"),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to="compliance.organisation",
                        verbose_name="software vendor",
                    ),
                ),
            ],
            options={
                "verbose_name": "connection",
                "verbose_name_plural": "connections",
                "ordering": ("organisation__position", "organisation__name_nl"),
            },
        ),
        migrations.CreateModel(
            name="ConnectionMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("begun", "begun"),
                            ("arranged", "route, vendor or authorisation changed"),
                            ("planned", "planned"),
                            ("ready", "said to be ready"),
                            ("confirmed", "confirmed"),
                            ("back", "gone back"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("analysis", "analysis"),
                            ("acceptance", "acceptance environment"),
                            ("tests-passed", "tests"),
                            ("production", "production"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("actor", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("reason", models.TextField(verbose_name="reason")),
                ("act", models.UUIDField(verbose_name="act")),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="moves", to="compliance.connection", verbose_name="connection"
                    ),
                ),
            ],
            options={
                "verbose_name": "move of a connection",
                "verbose_name_plural": "moves of connections",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ConnectionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("analysis", "analysis"),
                            ("acceptance", "acceptance environment"),
                            ("tests-passed", "tests"),
                            ("production", "production"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready at")),
                ("ready_by", models.CharField(blank=True, max_length=150, verbose_name="called ready by")),
                (
                    "responsible_name",
                    models.CharField(blank=True, max_length=200, verbose_name="responsible person without an account"),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="steps", to="compliance.connection", verbose_name="connection"
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible person",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a connection",
                "verbose_name_plural": "steps of connections",
                "ordering": ("connection", "id"),
            },
        ),
        migrations.CreateModel(
            name="PassedCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("covered", "an exchange that is covered"),
                            ("outside", "an exchange outside the authorisation, which is recorded and marked"),
                            ("refused", "an exchange that was refused"),
                            ("no-data", "an exchange that found no data"),
                            ("correction", "a correction of an earlier report"),
                            ("bulk", "a hundred reports at once"),
                            ("retry", "the same report again, recognised as the same"),
                        ],
                        max_length=20,
                        verbose_name="check",
                    ),
                ),
                ("passed_at", models.DateTimeField(verbose_name="passed at")),
                ("passed_by", models.CharField(max_length=150, verbose_name="passed by")),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="checks", to="compliance.connection", verbose_name="connection"
                    ),
                ),
            ],
            options={
                "verbose_name": "passed check",
                "verbose_name_plural": "passed checks",
            },
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.CheckConstraint(
                condition=models.Q(("connected_on", None), ("step", "production"), _connector="OR"),
                name="connected_after_all_steps",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectionstep",
            constraint=models.UniqueConstraint(fields=("connection", "step"), name="connection_step_once"),
        ),
        migrations.AddConstraint(
            model_name="connectionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ready_at", None), ("ready_by", "")),
                    models.Q(("ready_at__isnull", False), models.Q(("ready_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ready_has_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="passedcheck",
            constraint=models.UniqueConstraint(fields=("connection", "kind"), name="passed_check_once"),
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
