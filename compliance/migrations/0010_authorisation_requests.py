"""Requests for authorisations, from draft to decision and after. What was said or done is never altered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from psycopg import sql

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FOR_EVER = ("requesttext", "requestevent", "requestadvice", "requestdecision", "requestsignature", "requestmessage")
NEVER_DELETED = ("authorisationrequest", "requestattachment", "instrumentrule")


def triggers() -> str:
    """Return the statements that keep what was said or done, also from the owner."""
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
    """Requests."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0009_suspensions")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="InstrumentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "recipient_kinds",
                    ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="kinds of recipients",
                    ),
                ),
                (
                    "route_kinds",
                    ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="kinds of routes",
                    ),
                ),
                (
                    "providers",
                    ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="providers",
                    ),
                ),
                (
                    "categories",
                    ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="any of these data categories",
                    ),
                ),
                (
                    "general_exists",
                    models.BooleanField(blank=True, null=True, verbose_name="a general authorisation covers it"),
                ),
                (
                    "same_controller",
                    models.BooleanField(blank=True, null=True, verbose_name="both have the same controller"),
                ),
                (
                    "needed",
                    models.CharField(
                        choices=[
                            ("protocol", "a protocol"),
                            ("general", "accession to a general authorisation"),
                            ("deliberation", "a deliberation of the Information Security Committee"),
                            ("none", "no instrument"),
                        ],
                        max_length=20,
                        verbose_name="instrument",
                    ),
                ),
                ("explanation_nl", models.TextField(verbose_name="explanation (Dutch)")),
                ("explanation_en", models.TextField(verbose_name="explanation (English)")),
                ("explanation_fr", models.TextField(verbose_name="explanation (French)")),
                ("citation", models.CharField(max_length=300, verbose_name="article of decree or law")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "rule for the instrument",
                "verbose_name_plural": "rules for the instrument",
                "ordering": ("position", "code"),
            },
        ),
        migrations.CreateModel(
            name="AuthorisationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "new authorisation"),
                            ("accession", "accession to a general authorisation"),
                            ("amendment", "amendment of an authorisation"),
                            ("renewal", "renewal of an authorisation"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "needed",
                    models.CharField(
                        choices=[
                            ("protocol", "a protocol"),
                            ("general", "accession to a general authorisation"),
                            ("deliberation", "a deliberation of the Information Security Committee"),
                            ("none", "no instrument"),
                        ],
                        max_length=20,
                        verbose_name="instrument",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted, waiting for advice"),
                            ("advice", "one data protection officer advised"),
                            ("external-advice", "waiting for the advice of a committee"),
                            ("ready", "ready for decision"),
                            ("returned", "returned with questions"),
                            ("granted", "granted, to be signed"),
                            ("refused", "refused"),
                            ("signed", "signed by both parties"),
                            ("published", "published"),
                            ("in-test", "being tested"),
                            ("in-production", "in production"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                            ("renewed", "renewed by a later one"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="since")),
                ("content", models.JSONField(default=dict, verbose_name="content")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                (
                    "external",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recipient-dpo", "data protection officer of the partner"),
                            ("provider-dpo", "data protection officer of the keeper"),
                            ("vtc", "Flemish Supervisory Committee (VTC)"),
                            ("ksz-committee", "Information Security Committee (KSZ chamber)"),
                        ],
                        max_length=20,
                        verbose_name="committee asked for advice",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "authorisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="compliance.authorisation",
                        verbose_name="authorisation",
                    ),
                ),
                (
                    "granted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="granted_by",
                        to="compliance.authorisation",
                        verbose_name="granted as",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="compliance.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an authorisation",
                "verbose_name_plural": "requests for authorisations",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="RequestAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "section",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("parties", "Parties"),
                            ("purposes", "Purposes"),
                            ("data", "Services and data"),
                            ("legal-basis", "Legal basis"),
                            ("recipients", "Recipients"),
                            ("rhythm", "How and how often"),
                            ("duration", "Duration and retention"),
                            ("security", "Security"),
                            ("rights", "Rights of the persons concerned"),
                            ("sanctions", "Sanctions"),
                        ],
                        max_length=20,
                        verbose_name="section",
                    ),
                ),
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
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "section",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("parties", "Parties"),
                            ("purposes", "Purposes"),
                            ("data", "Services and data"),
                            ("legal-basis", "Legal basis"),
                            ("recipients", "Recipients"),
                            ("rhythm", "How and how often"),
                            ("duration", "Duration and retention"),
                            ("security", "Security"),
                            ("rights", "Rights of the persons concerned"),
                            ("sanctions", "Sanctions"),
                        ],
                        max_length=20,
                        verbose_name="section",
                    ),
                ),
                ("message", models.TextField(verbose_name="message")),
                ("is_question", models.BooleanField(default=False, verbose_name="asks for an answer")),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="compliance.requestmessage",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                ("material", models.CharField(max_length=64, verbose_name="SHA-256 of what advice is about")),
                ("content", models.JSONField(verbose_name="content")),
                ("protocol", models.TextField(verbose_name="text of the protocol")),
                ("protocol_digest", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="compliance.authorisationrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a request",
                "verbose_name_plural": "texts of requests",
            },
        ),
        migrations.CreateModel(
            name="RequestSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "side",
                    models.CharField(
                        choices=[("recipient", "the partner"), ("provider", "the keeper")],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("portal", "signed here, by two persons"),
                            ("upload", "signed document uploaded, confirmed by a second person"),
                        ],
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="compliance.requestattachment",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="compliance.requesttext",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("drafted", "drafted"),
                            ("submitted", "submitted"),
                            ("advised", "advised"),
                            ("external-advice-asked", "asked a committee for advice"),
                            ("external-advice-recorded", "recorded the advice of a committee"),
                            ("decided", "decided"),
                            ("returned", "returned with questions"),
                            ("signed", "signed"),
                            ("published", "published"),
                            ("test-started", "opened for testing"),
                            ("went-live", "put into production"),
                            ("suspended", "suspended"),
                            ("resumed", "resumed"),
                            ("withdrawn", "withdrew"),
                            ("expired", "saw that its term ended"),
                            ("renewed", "replaced by its renewal"),
                        ],
                        max_length=30,
                        verbose_name="act",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted, waiting for advice"),
                            ("advice", "one data protection officer advised"),
                            ("external-advice", "waiting for the advice of a committee"),
                            ("ready", "ready for decision"),
                            ("returned", "returned with questions"),
                            ("granted", "granted, to be signed"),
                            ("refused", "refused"),
                            ("signed", "signed by both parties"),
                            ("published", "published"),
                            ("in-test", "being tested"),
                            ("in-production", "in production"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                            ("renewed", "renewed by a later one"),
                        ],
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted, waiting for advice"),
                            ("advice", "one data protection officer advised"),
                            ("external-advice", "waiting for the advice of a committee"),
                            ("ready", "ready for decision"),
                            ("returned", "returned with questions"),
                            ("granted", "granted, to be signed"),
                            ("refused", "refused"),
                            ("signed", "signed by both parties"),
                            ("published", "published"),
                            ("in-test", "being tested"),
                            ("in-production", "in production"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                            ("renewed", "renewed by a later one"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="compliance.requesttext"
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a request",
                "verbose_name_plural": "steps of requests",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("conditional", "granted with conditions"),
                            ("refused", "refused"),
                        ],
                        max_length=12,
                        verbose_name="decision",
                    ),
                ),
                ("reasons", models.TextField(verbose_name="reasons")),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                (
                    "limits",
                    models.JSONField(blank=True, default=dict, verbose_name="conditions that the verdict knows"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted, waiting for advice"),
                            ("advice", "one data protection officer advised"),
                            ("external-advice", "waiting for the advice of a committee"),
                            ("ready", "ready for decision"),
                            ("returned", "returned with questions"),
                            ("granted", "granted, to be signed"),
                            ("refused", "refused"),
                            ("signed", "signed by both parties"),
                            ("published", "published"),
                            ("in-test", "being tested"),
                            ("in-production", "in production"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                            ("renewed", "renewed by a later one"),
                        ],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="compliance.requesttext",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestAdvice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                (
                    "adviser",
                    models.CharField(
                        choices=[
                            ("recipient-dpo", "data protection officer of the partner"),
                            ("provider-dpo", "data protection officer of the keeper"),
                            ("vtc", "Flemish Supervisory Committee (VTC)"),
                            ("ksz-committee", "Information Security Committee (KSZ chamber)"),
                        ],
                        max_length=20,
                        verbose_name="adviser",
                    ),
                ),
                (
                    "opinion",
                    models.CharField(
                        choices=[
                            ("positive", "positive"),
                            ("conditional", "positive, with conditions"),
                            ("negative", "negative"),
                        ],
                        max_length=12,
                        verbose_name="opinion",
                    ),
                ),
                ("advice", models.TextField(verbose_name="advice")),
                ("reference", models.CharField(blank=True, max_length=200, verbose_name="reference")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="compliance.authorisationrequest",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advices", to="compliance.requesttext"
                    ),
                ),
            ],
            options={
                "verbose_name": "advice",
                "verbose_name_plural": "advices",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="authorisationrequest",
            index=models.Index(fields=["organisation", "-id"], name="request_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="authorisationrequest",
            index=models.Index(fields=["state", "state_since"], name="request_by_state"),
        ),
        migrations.AddConstraint(
            model_name="requesttext",
            constraint=models.UniqueConstraint(
                fields=("request", "digest", "protocol_digest"), name="request_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestsignature",
            constraint=models.UniqueConstraint(
                fields=("request", "text", "side", "by"), name="request_signed_once_by_a_person"
            ),
        ),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
