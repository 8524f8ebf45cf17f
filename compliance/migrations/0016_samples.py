"""Random samples and their reviews. What was reviewed is never altered, what was drawn is drawn once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FOR_EVER = ("samplereview", "sampleitem")
NEVER_DELETED = ("sampledraw", "sampleturn")


def triggers() -> str:
    """Return the statements that keep what was drawn and reviewed, also from the owner."""
    altered = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    made = [f"CREATE TRIGGER append_only {altered} ON compliance_{table}" for table in FOR_EVER]
    made += [f"CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_{table}" for table in NEVER_DELETED]
    once = (
        "CREATE TRIGGER drawn_once BEFORE UPDATE ON compliance_sampledraw FOR EACH ROW "
        "WHEN (OLD.drawn_at IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )
    return ";\n".join([*(f"{one} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()" for one in made), once])


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add to what is for ever, and delete nothing."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for rights, tables in (("UPDATE, DELETE", FOR_EVER), ("DELETE", NEVER_DELETED)):
        named = sql.SQL(", ").join(sql.Identifier(f"compliance_{table}") for table in tables)
        revoke = sql.SQL("REVOKE {rights} ON {tables} FROM {app}")
        schema_editor.execute(revoke.format(rights=sql.SQL(rights), tables=named, app=app).as_string())


class Migration(migrations.Migration):
    """Samples."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0015_partner_questions")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="SampleDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("month", models.DateField(unique=True, verbose_name="month")),
                ("announced_at", models.DateTimeField(verbose_name="announced at")),
                ("announced_by", models.CharField(max_length=150, verbose_name="announced by")),
                ("head_from", models.DateTimeField(verbose_name="first head from")),
                ("wanted", models.PositiveIntegerField(verbose_name="exchanges wanted")),
                ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="drawn at")),
                ("head_size", models.BigIntegerField(blank=True, null=True, verbose_name="size of the head")),
                ("head_root", models.BinaryField(blank=True, null=True, verbose_name="root of the head")),
                ("head_sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="head sealed at")),
                ("seed", models.CharField(blank=True, max_length=64, verbose_name="seed")),
                ("strata", models.JSONField(default=list, verbose_name="strata")),
            ],
            options={
                "verbose_name": "sample",
                "verbose_name_plural": "samples",
                "ordering": ("-month",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("head_from__gt", models.F("announced_at"))),
                        name="sample_is_announced_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn_at", None),
                                ("head_root", None),
                                ("head_sealed_at", None),
                                ("head_size", None),
                                ("seed", ""),
                            ),
                            models.Q(
                                ("drawn_at__isnull", False),
                                ("head_root__isnull", False),
                                ("head_size__gt", 0),
                                ("head_sealed_at__gte", models.F("head_from")),
                                models.Q(("seed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="drawn_sample_has_head_and_seed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("exchange", models.UUIDField(verbose_name="exchange")),
                ("partner", models.CharField(max_length=40, verbose_name="partner")),
                ("service", models.CharField(max_length=40, verbose_name="service")),
                ("doubled", models.BooleanField(default=False, verbose_name="reviewed twice")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="compliance.sampledraw",
                        verbose_name="sample",
                    ),
                ),
            ],
            options={
                "verbose_name": "exchange of a sample",
                "verbose_name_plural": "exchanges of samples",
                "ordering": ("draw", "number"),
            },
        ),
        migrations.CreateModel(
            name="SampleTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="turn")),
                ("assigned_at", models.DateTimeField(verbose_name="assigned at")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="compliance.sampleitem",
                        verbose_name="exchange",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "turn to review",
                "verbose_name_plural": "turns to review",
                "ordering": ("item", "turn"),
            },
        ),
        migrations.CreateModel(
            name="SampleReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewer", models.CharField(max_length=150, verbose_name="reviewer")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "judgement",
                    models.CharField(
                        choices=[
                            ("justified", "justified"),
                            ("unjustified", "not justified"),
                            ("unknown", "cannot be told from what is recorded"),
                        ],
                        max_length=12,
                        verbose_name="judgement",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("act", models.UUIDField(verbose_name="entry in the ledger")),
                (
                    "turn",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="compliance.sampleturn",
                        verbose_name="turn",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ("at", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("draw", "number"), name="sample_number_once"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("draw", "exchange"), name="sample_exchange_once"),
        ),
        migrations.AddConstraint(
            model_name="sampleturn",
            constraint=models.UniqueConstraint(fields=("item", "turn"), name="sample_turn_once"),
        ),
        migrations.AddConstraint(
            model_name="sampleturn",
            constraint=models.UniqueConstraint(fields=("item", "reviewer"), name="sample_reviewer_once"),
        ),
        migrations.AddConstraint(
            model_name="samplereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judgement", "justified"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="review_says_why_not_justified",
            ),
        ),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
