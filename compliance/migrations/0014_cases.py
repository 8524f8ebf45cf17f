"""Cases: state, history, decisions, suppressions, data breaches, planned events. What was done or said stays as it was."""

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

FOR_EVER = ("caseevent", "casedecision", "caseconfirmation", "breachdraft", "detectionbudget")
NEVER_DELETED = ("casefinding", "suppression", "breach", "plannedevent")

REOPENABLE = """
DROP TRIGGER closed_for_ever ON compliance_case;
DROP FUNCTION refuse_reopening();
"""
# A case that was closed before had a reason and no entry in the ledger: the nil identifier says so.
FROM_BEFORE = """
INSERT INTO compliance_casedecision
    (case_id, at, by, organisation, entry, outcome, reason, scope, passed_to, needs_second)
SELECT id, closed_at, closed_by, '', '00000000-0000-0000-0000-000000000000', 'explained', reason, '{}', '', false
FROM compliance_case WHERE state = 'closed';
UPDATE compliance_case SET
    uid = gen_random_uuid(),
    code = 'DOSSIER-' || to_char(opened_at AT TIME ZONE 'Europe/Brussels', 'YYYY') || '-'
        || lpad(id::text, greatest(4, length(id::text)), '0'),
    severity = 100,
    due_at = opened_at + interval '1 day',
    last_event_at = coalesce(closed_at, opened_at),
    state_since = coalesce(closed_at, opened_at),
    decided_at = closed_at,
    outcome = CASE state WHEN 'closed' THEN 'explained' ELSE '' END,
    state = CASE state WHEN 'closed' THEN 'decided' ELSE 'new' END;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def triggers() -> str:
    """Return the statements that keep what was done or said, also from the owner."""
    altered = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    made = [f"CREATE TRIGGER append_only {altered} ON compliance_{table}" for table in FOR_EVER]
    made += [f"CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_{table}" for table in NEVER_DELETED]
    return ";\n".join(f"{one} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()" for one in made)


def restrict(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the service's role add to what is for ever, and delete nothing but what was set aside."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    for rights, tables in (("UPDATE, DELETE", FOR_EVER), ("DELETE", NEVER_DELETED)):
        named = sql.SQL(", ").join(sql.Identifier(f"compliance_{table}") for table in tables)
        revoke = sql.SQL("REVOKE {rights} ON {tables} FROM {app}")
        schema_editor.execute(revoke.format(rights=sql.SQL(rights), tables=named, app=app).as_string())


class Migration(migrations.Migration):
    """Cases: state, history, decisions, suppressions."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0013_detection")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(REOPENABLE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="case",
            name="closed_case_has_who_when_why",
        ),
        migrations.AddField("case", "code", models.CharField(max_length=30, null=True)),
        migrations.AddField("case", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "last_event_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "state_since", models.DateTimeField(null=True)),
        migrations.AddField("case", "uid", models.UUIDField(null=True)),
        migrations.AddField(
            model_name="case",
            name="begins",
            field=models.DateTimeField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="case",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
        ),
        migrations.AddField(
            model_name="case",
            name="detector",
            field=models.CharField(blank=True, max_length=60, verbose_name="detector"),
        ),
        migrations.AddField(
            model_name="case",
            name="ends",
            field=models.DateTimeField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="case",
            name="family",
            field=models.CharField(blank=True, max_length=20, verbose_name="family"),
        ),
        migrations.AddField(
            model_name="case",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("explained", "explained"),
                    ("expected", "expected"),
                    ("misuse", "misuse confirmed"),
                    ("breach", "data breach"),
                    ("passed-on", "passed on"),
                ],
                max_length=20,
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="partner",
            field=models.CharField(blank=True, max_length=40, verbose_name="partner"),
        ),
        migrations.AddField(
            model_name="case",
            name="person_key",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="proposed_by",
            field=models.CharField(blank=True, max_length=150, verbose_name="decision proposed by"),
        ),
        migrations.AddField(
            model_name="case",
            name="service",
            field=models.CharField(blank=True, max_length=60, verbose_name="service"),
        ),
        migrations.AddField(
            model_name="case",
            name="severity",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="severity"),
        ),
        migrations.AddField(
            model_name="case",
            name="severity_reasons",
            field=models.JSONField(default=list, verbose_name="reasons of the severity"),
        ),
        migrations.AddField(
            model_name="case",
            name="story",
            field=models.CharField(blank=True, max_length=200, verbose_name="story"),
        ),
        migrations.AddField(
            model_name="case",
            name="tier",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="tier"),
        ),
        migrations.AddField(
            model_name="case",
            name="user_key",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="case",
            name="facts",
            field=models.JSONField(default=dict, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ledger-diverges", "the ledger does not verify"),
                    ("flagged", "unusual access"),
                    ("sample", "a reviewer of a sample saw no reason"),
                    ("detector-fails", "a detector fails"),
                    ("unsealed", "entries wait too long to be sealed"),
                    ("behind", "a follower of the ledger is behind"),
                ],
                max_length=40,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "new"),
                    ("in-review", "in review"),
                    ("waiting-partner", "waiting for the partner"),
                    ("waiting-second", "waiting for a second person"),
                    ("decided", "decided"),
                ],
                default="new",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="title",
            field=models.TextField(blank=True, verbose_name="title"),
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                ("aware_at", models.DateTimeField(verbose_name="aware since")),
                ("due_at", models.DateTimeField(verbose_name="to be notified by")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("notified", "notified"),
                            ("not-needed", "no notification needed"),
                            ("no-breach", "no data breach after all"),
                        ],
                        max_length=20,
                        verbose_name="how it ended",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("ended_by", models.CharField(blank=True, max_length=150, verbose_name="ended by")),
                ("notified_at", models.DateTimeField(blank=True, null=True, verbose_name="notified at")),
                ("authority", models.CharField(blank=True, max_length=20, verbose_name="notified to")),
                ("reference", models.CharField(blank=True, max_length=200, verbose_name="reference")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "data breach",
                "verbose_name_plural": "data breaches",
                "ordering": ("due_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="BreachDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
            ],
            options={
                "verbose_name": "version of a notification",
                "verbose_name_plural": "versions of notifications",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="CaseConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
                ("agrees", models.BooleanField(verbose_name="agrees")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "confirmation of a decision",
                "verbose_name_plural": "confirmations of decisions",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("explained", "explained"),
                            ("expected", "expected"),
                            ("misuse", "misuse confirmed"),
                            ("breach", "data breach"),
                            ("passed-on", "passed on"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("scope", models.JSONField(default=dict, verbose_name="scope")),
                ("passed_to", models.CharField(blank=True, max_length=200, verbose_name="passed on to")),
                ("needs_second", models.BooleanField(default=False, verbose_name="needs a second person")),
            ],
            options={
                "verbose_name": "decision on a case",
                "verbose_name_plural": "decisions on cases",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("organisation", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("joined", "findings came to it"),
                            ("assigned", "assigned"),
                            ("released", "given back"),
                            ("noted", "noted"),
                            ("asked", "asked the partner"),
                            ("heard", "heard the partner"),
                            ("decided", "decided"),
                            ("proposed", "proposed a decision to a second person"),
                            ("confirmed", "confirmed the decision"),
                            ("refused", "did not confirm the decision"),
                            ("reopened", "reopened"),
                            ("breach", "worked on the data breach"),
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
                            ("new", "new"),
                            ("in-review", "in review"),
                            ("waiting-partner", "waiting for the partner"),
                            ("waiting-second", "waiting for a second person"),
                            ("decided", "decided"),
                        ],
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("in-review", "in review"),
                            ("waiting-partner", "waiting for the partner"),
                            ("waiting-second", "waiting for a second person"),
                            ("decided", "decided"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
            ],
            options={
                "verbose_name": "step of a case",
                "verbose_name_plural": "steps of cases",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=32, verbose_name="key")),
                ("detector", models.CharField(max_length=60, verbose_name="detector")),
                ("family", models.CharField(max_length=20, verbose_name="family")),
                ("tier", models.PositiveSmallIntegerField(verbose_name="tier")),
                ("period", models.CharField(max_length=60, verbose_name="period")),
                ("begins", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(verbose_name="until")),
                ("partner", models.CharField(blank=True, max_length=40, verbose_name="partner")),
                ("service", models.CharField(blank=True, max_length=60, verbose_name="service")),
                ("series", models.CharField(blank=True, max_length=200, verbose_name="series")),
                ("user_key", models.BigIntegerField(null=True)),
                ("person_key", models.BigIntegerField(null=True)),
                ("tail", models.FloatField(null=True, verbose_name="probability")),
                ("score", models.FloatField(verbose_name="score")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("parameters", models.JSONField(default=dict, verbose_name="parameters of the detector")),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None, verbose_name="exchanges"
                    ),
                ),
                ("exchanges", models.PositiveIntegerField(default=0, verbose_name="number of exchanges")),
                ("persons", models.PositiveIntegerField(default=0, verbose_name="number of persons")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="data categories",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("seen_at", models.DateTimeField(verbose_name="last seen at")),
            ],
            options={
                "verbose_name": "finding in a case",
                "verbose_name_plural": "findings in cases",
                "ordering": ("tier", models.OrderBy(models.F("tail"), nulls_last=True), "-score", "key"),
            },
        ),
        migrations.CreateModel(
            name="DetectionBudget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cases_a_day", models.PositiveSmallIntegerField(verbose_name="new cases a day")),
                ("shares", models.JSONField(verbose_name="shares")),
                ("at", models.DateTimeField(verbose_name="since")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("reason", models.TextField(verbose_name="reason")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
            ],
            options={
                "verbose_name": "budget of cases",
                "verbose_name_plural": "budgets of cases",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="PlannedEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enrolment", "enrolment period"),
                            ("migration", "migration"),
                            ("reconciliation", "bulk reconciliation"),
                            ("maintenance", "maintenance"),
                            ("other", "something else"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("service", models.CharField(blank=True, max_length=60, verbose_name="service")),
                ("begins", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "announced, not yet accepted"),
                            ("accepted", "accepted"),
                            ("refused", "not accepted"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("announced_at", models.DateTimeField(verbose_name="announced at")),
                ("announced_by", models.CharField(max_length=150, verbose_name="announced by")),
                ("announced_for", models.CharField(blank=True, max_length=40, verbose_name="of which organisation")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                ("settled_by", models.CharField(blank=True, max_length=150, verbose_name="settled by")),
                ("settled_reason", models.TextField(blank=True, verbose_name="settled because")),
            ],
            options={
                "verbose_name": "planned event",
                "verbose_name_plural": "planned events",
                "ordering": ("begins", "id"),
            },
        ),
        migrations.CreateModel(
            name="SuppressedFinding",
            fields=[
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="suppressed",
                        serialize=False,
                        to="compliance.finding",
                        verbose_name="finding",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "finding that is expected",
                "verbose_name_plural": "findings that are expected",
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier")),
                (
                    "detectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="detectors"
                    ),
                ),
                ("partner", models.CharField(blank=True, max_length=40, verbose_name="partner")),
                ("service", models.CharField(blank=True, max_length=60, verbose_name="service")),
                ("user_key", models.BigIntegerField(null=True)),
                ("begins_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("by", models.CharField(max_length=150, verbose_name="who")),
                ("entry", models.UUIDField(verbose_name="entry of the ledger")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("ended_by", models.CharField(blank=True, max_length=150, verbose_name="ended by")),
                ("ended_reason", models.TextField(blank=True, verbose_name="ended because")),
            ],
            options={
                "verbose_name": "suppression",
                "verbose_name_plural": "suppressions",
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="breach",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breaches",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="breachdraft",
            name="breach",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="drafts",
                to="compliance.breach",
                verbose_name="data breach",
            ),
        ),
        migrations.AddField(
            model_name="casedecision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="caseconfirmation",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmation",
                to="compliance.casedecision",
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="casefinding",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddConstraint(
            model_name="detectionbudget",
            constraint=models.CheckConstraint(condition=models.Q(("cases_a_day__gte", 1)), name="budget_of_some_cases"),
        ),
        migrations.AddField(
            model_name="plannedevent",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="planned_events",
                to="compliance.organisation",
                verbose_name="partner",
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suppressions",
                to="compliance.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="suppressedfinding",
            name="suppression",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="compliance.suppression",
                verbose_name="suppression",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(
                condition=models.Q(("end", "")), fields=("case",), name="one_clock_runs_for_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("aware_at"))), name="breach_due_after_aware"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at", None), ("ended_by", "")),
                    models.Q(
                        models.Q(("end", ""), _negated=True),
                        ("ended_at__isnull", False),
                        models.Q(("ended_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_breach_has_who_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", "notified"), _negated=True),
                    models.Q(("notified_at__isnull", False), models.Q(("authority", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notified_breach_has_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachdraft",
            constraint=models.UniqueConstraint(fields=("breach", "number"), name="breach_draft_once"),
        ),
        migrations.AddConstraint(
            model_name="casefinding",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="finding_once_in_a_case"),
        ),
        migrations.AddConstraint(
            model_name="plannedevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("begins"))), name="planned_event_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", ""), ("state", "announced")),
                    models.Q(
                        models.Q(("state", "announced"), _negated=True),
                        ("settled_at__isnull", False),
                        models.Q(("settled_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="settled_event_has_who_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="suppression",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("begins_on"))), name="suppression_ends"
            ),
        ),
        migrations.AddConstraint(
            model_name="suppression",
            constraint=models.CheckConstraint(
                condition=models.Q(("detectors__len__gt", 0)), name="suppression_names_detectors"
            ),
        ),
        migrations.AddConstraint(
            model_name="suppression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", ""), ("ended_reason", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        models.Q(("ended_by", ""), _negated=True),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_suppression_has_who_when_why",
            ),
        ),
        migrations.RunSQL(FROM_BEFORE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="case",
            name="code",
            field=models.CharField(max_length=30, unique=True, verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="case",
            name="due_at",
            field=models.DateTimeField(verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="case",
            name="last_event_at",
            field=models.DateTimeField(verbose_name="last changed at"),
        ),
        migrations.AlterField(
            model_name="case",
            name="state_since",
            field=models.DateTimeField(verbose_name="since"),
        ),
        migrations.AlterField(
            model_name="case",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="identifier"),
        ),
        migrations.AddField(
            model_name="case",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned to",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="earlier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="compliance.case",
                verbose_name="earlier case",
            ),
        ),
        migrations.RemoveField(
            model_name="case",
            name="closed_at",
        ),
        migrations.RemoveField(
            model_name="case",
            name="closed_by",
        ),
        migrations.RemoveField(
            model_name="case",
            name="reason",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("severity"), descending=True),
                models.F("due_at"),
                name="case_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["story", "-id"], name="case_of_story"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["partner", "-id"], name="case_of_partner"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["detector", "-id"], name="case_of_detector"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("user_key__isnull", False)), fields=["user_key", "-id"], name="case_of_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(("severity__lte", 100)), name="severity_of_a_hundred"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False), ("state", "decided"), models.Q(("outcome", ""), _negated=True)
                    ),
                    models.Q(models.Q(("state", "decided"), _negated=True), ("decided_at", None), ("outcome", "")),
                    _connector="OR",
                ),
                name="decided_case_has_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting-second"), models.Q(("proposed_by", ""), _negated=True)),
                    models.Q(models.Q(("state", "waiting-second"), _negated=True), ("proposed_by", "")),
                    _connector="OR",
                ),
                name="proposed_case_has_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "new"), _negated=True), ("assignee", None), _connector="OR"),
                name="new_case_has_nobody",
            ),
        ),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
        migrations.RunPython(restrict, migrations.RunPython.noop),
    ]
