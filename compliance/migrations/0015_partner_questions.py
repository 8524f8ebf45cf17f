"""Questions to partners about exchanges, the answers, and the hour of daily mail. What was said is never altered."""

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

FOR_EVER = ("questionexchange", "exchangeanswer", "questionstep")
NEVER_DELETED = ("partnerquestion", "answerdocument")


def triggers() -> str:
    """Return the statements that keep what was asked, done and answered, also from the owner."""
    altered = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    made = [f"CREATE TRIGGER append_only {altered} ON compliance_{table}" for table in FOR_EVER]
    made += [f"CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_{table}" for table in NEVER_DELETED]
    return ";\n".join(f"{one} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()" for one in made)


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add to what is for ever, and delete nothing."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for rights, tables in (("UPDATE, DELETE", FOR_EVER), ("DELETE", NEVER_DELETED)):
        named = sql.SQL(", ").join(sql.Identifier(f"compliance_{table}") for table in tables)
        revoke = sql.SQL("REVOKE {rights} ON {tables} FROM {app}")
        schema_editor.execute(revoke.format(rights=sql.SQL(rights), tables=named, app=app).as_string())


class Migration(migrations.Migration):
    """Questions to partners about exchanges."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0014_cases")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AnswerDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of document")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "scan",
                    models.CharField(
                        choices=[("clean", "scanned, clean"), ("not-scanned", "not scanned: no scanner is set up")],
                        max_length=12,
                        verbose_name="scan",
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
                ("removed_by", models.CharField(blank=True, max_length=150, verbose_name="removed by")),
            ],
            options={
                "verbose_name": "document of an answer",
                "verbose_name_plural": "documents of answers",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionExchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("exchange", models.UUIDField(db_index=True, verbose_name="exchange")),
            ],
            options={
                "verbose_name": "exchange of a question",
                "verbose_name_plural": "exchanges of questions",
                "ordering": ("question_id", "position"),
            },
        ),
        migrations.CreateModel(
            name="ExchangeAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("dossier", "dossier in treatment"),
                            ("colleague", "stood in for a colleague"),
                            ("legal-task", "another task that the law gives"),
                            ("subject", "the person concerned asked for it"),
                            ("quality", "check of quality, or audit"),
                            ("automatic", "done by a system, on its own"),
                            ("test", "technical test"),
                            ("error", "mistake, such as the wrong person"),
                            ("unauthorised", "look-up by staff that had no ground"),
                            ("no-explanation", "no explanation found"),
                            ("other", "another reason, told in words"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="explanation")),
            ],
            options={
                "verbose_name": "answer about an exchange",
                "verbose_name_plural": "answers about exchanges",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartnerQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("text", models.TextField(verbose_name="question")),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for the partner"),
                            ("with-colleague", "a colleague drafts the answers"),
                            ("ready", "drafted, waits to be sent"),
                            ("answered", "answered"),
                            ("withdrawn", "question withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="since")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("due_at", models.DateTimeField(verbose_name="to be answered by")),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not yet"),
                            ("half", "half of the term has passed"),
                            ("near", "the last working day before the end"),
                            ("passed", "the term has ended"),
                            ("again", "five working days after the end"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="last told",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a partner",
                "verbose_name_plural": "questions to partners",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="QuestionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("asked", "asked the question"),
                            ("assigned", "asked a colleague to draft the answers"),
                            ("taken-back", "took the drafting back"),
                            ("handed-in", "handed the drafted answers in"),
                            ("answered", "sent the answers"),
                            ("extended", "gave more time"),
                            ("withdrawn", "withdrew the question"),
                            ("reminded", "sent a reminder"),
                            ("escalated", "told that the term has ended"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "waits for the partner"),
                            ("with-colleague", "a colleague drafts the answers"),
                            ("ready", "drafted, waits to be sent"),
                            ("answered", "answered"),
                            ("withdrawn", "question withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("open", "waits for the partner"),
                            ("with-colleague", "a colleague drafts the answers"),
                            ("ready", "drafted, waits to be sent"),
                            ("answered", "answered"),
                            ("withdrawn", "question withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be answered by")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
            ],
            options={
                "verbose_name": "step of a question",
                "verbose_name_plural": "steps of questions",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mailpreference",
            name="digested_on",
            field=models.DateField(blank=True, null=True, verbose_name="day of the last digest"),
        ),
        migrations.AddField(
            model_name="mailpreference",
            name="hour",
            field=models.PositiveSmallIntegerField(default=7, verbose_name="hour of daily mail"),
        ),
        migrations.AlterField(
            model_name="mailpreference",
            name="when",
            field=models.CharField(
                choices=[("at-once", "at once"), ("daily", "once a day"), ("never", "never")],
                default="at-once",
                max_length=10,
                verbose_name="when",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailpreference",
            constraint=models.CheckConstraint(condition=models.Q(("hour__lt", 24)), name="hour_of_a_day"),
        ),
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "asked",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="compliance.questionexchange",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dossier", "dossier in treatment"),
                            ("colleague", "stood in for a colleague"),
                            ("legal-task", "another task that the law gives"),
                            ("subject", "the person concerned asked for it"),
                            ("quality", "check of quality, or audit"),
                            ("automatic", "done by a system, on its own"),
                            ("test", "technical test"),
                            ("error", "mistake, such as the wrong person"),
                            ("unauthorised", "look-up by staff that had no ground"),
                            ("no-explanation", "no explanation found"),
                            ("other", "another reason, told in words"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="explanation")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
            ],
            options={
                "verbose_name": "draft of an answer",
                "verbose_name_plural": "drafts of answers",
            },
        ),
        migrations.AddField(
            model_name="answerdocument",
            name="asked",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="compliance.questionexchange"
            ),
        ),
        migrations.AddField(
            model_name="exchangeanswer",
            name="asked",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="compliance.questionexchange"
            ),
        ),
        migrations.AddField(
            model_name="questionexchange",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="compliance.partnerquestion"
            ),
        ),
        migrations.AddField(
            model_name="partnerquestion",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="partnerquestion",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="partnerquestion",
            name="drafter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="drafts the answers",
            ),
        ),
        migrations.AddField(
            model_name="partnerquestion",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="compliance.partnerquestion",
                verbose_name="asks on after",
            ),
        ),
        migrations.AddField(
            model_name="partnerquestion",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="compliance.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="questionstep",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="compliance.partnerquestion"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionexchange",
            constraint=models.UniqueConstraint(fields=("question", "exchange"), name="exchange_asked_once"),
        ),
        migrations.AddIndex(
            model_name="partnerquestion",
            index=models.Index(fields=["organisation", "-id"], name="question_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="partnerquestion",
            index=models.Index(fields=["state", "due_at"], name="question_by_state"),
        ),
        migrations.AddConstraint(
            model_name="partnerquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "with-colleague"), _negated=True), ("drafter__isnull", False), _connector="OR"
                ),
                name="question_with_colleague_has_one",
            ),
        ),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
