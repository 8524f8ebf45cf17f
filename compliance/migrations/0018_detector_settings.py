"""Settings of detectors, and their trials. A change is never deleted."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEEP = (
    "CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_detectorchange "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role delete no change."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    revoke = sql.SQL("REVOKE DELETE ON compliance_detectorchange FROM {app}")
    schema_editor.execute(revoke.format(app=app).as_string())


class Migration(migrations.Migration):
    """Changes of detectors."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0017_webhooks")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="DetectorChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("detector", models.CharField(max_length=60, verbose_name="detector")),
                ("enabled", models.BooleanField(verbose_name="in use")),
                ("parameters", models.JSONField(default=dict, verbose_name="parameters")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("waiting", "waits for its trial"),
                            ("tried", "tried"),
                            ("failed", "the trial failed"),
                            ("in-force", "in force"),
                            ("refused", "refused"),
                            ("replaced", "replaced"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by", models.CharField(max_length=150, verbose_name="proposed by")),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("tried_since", models.DateField(blank=True, null=True, verbose_name="tried from")),
                ("tried_until", models.DateField(blank=True, null=True, verbose_name="tried until")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="tried at")),
                ("exchanges", models.PositiveBigIntegerField(default=0, verbose_name="exchanges looked at")),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="findings before and after")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="findings only after")),
                (
                    "missed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        default=list,
                        size=None,
                        verbose_name="findings only before",
                    ),
                ),
                ("examples", models.JSONField(default=list, verbose_name="examples")),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="failure")),
                ("decided_by", models.CharField(blank=True, max_length=150, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decision", models.TextField(blank=True, verbose_name="reason of the decision")),
            ],
            options={
                "verbose_name": "change of a detector",
                "verbose_name_plural": "changes of detectors",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in-force")), fields=("detector",), name="detector_one_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", "")),
                            models.Q(
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            ("state", "refused"),
                            _connector="OR",
                        ),
                        name="detector_change_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in-force", "replaced"]), _negated=True),
                            models.Q(("decided_at__isnull", False), ("tried_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="detector_in_force_was_tried",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
