"""Webhooks and what was sent to them. A webhook is never deleted; a message goes some time after it was taken."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role delete no webhook."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    schema_editor.execute(sql.SQL("REVOKE DELETE ON compliance_webhook FROM {app}").format(app=app).as_string())


class Migration(migrations.Migration):
    """Webhooks and what was sent to them."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0016_samples")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("url", models.CharField(max_length=500, verbose_name="address")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("case.opened", "a case was opened"),
                                ("case.decided", "a case was decided"),
                                ("breach.started", "the clock of a data breach began"),
                                ("question.asked", "a partner was asked"),
                                ("question.answered", "a partner answered"),
                                ("question.late", "a partner did not answer in time"),
                            ],
                            max_length=40,
                        ),
                        size=None,
                        verbose_name="events",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("former_sealed", models.BinaryField(null=True)),
                ("former_until", models.DateTimeField(blank=True, null=True, verbose_name="former secret until")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("url__startswith", "https://")), name="webhook_goes_over_https"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("former_sealed", None), ("former_until", None)),
                            models.Q(("former_sealed__isnull", False), ("former_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="former_secret_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("case.opened", "a case was opened"),
                            ("case.decided", "a case was decided"),
                            ("breach.started", "the clock of a data breach began"),
                            ("question.asked", "a partner was asked"),
                            ("question.answered", "a partner answered"),
                            ("question.late", "a partner did not answer in time"),
                        ],
                        max_length=40,
                        verbose_name="event",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("body", models.TextField(verbose_name="body")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due at")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("dead_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                ("fault", models.CharField(blank=True, max_length=60, verbose_name="what went wrong")),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="compliance.webhook",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "message to a webhook",
                "verbose_name_plural": "messages to webhooks",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="webhook_message_due"
                    ),
                    models.Index(
                        condition=models.Q(("dead_at__isnull", False)), fields=["-dead_at"], name="webhook_message_dead"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dead_at", None), ("delivered_at", None), ("due_at__isnull", False)),
                            models.Q(("dead_at", None), ("delivered_at__isnull", False), ("due_at", None)),
                            models.Q(("dead_at__isnull", False), ("delivered_at", None), ("due_at", None)),
                            _connector="OR",
                        ),
                        name="webhook_message_is_due_or_ended",
                    )
                ],
            },
        ),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
