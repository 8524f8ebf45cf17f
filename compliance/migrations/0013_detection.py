"""Findings, profiles, dossiers, runs of detectors."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Findings, profiles, dossiers, runs of detectors."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0012_authorisation_use")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="DirtyHour",
            fields=[
                ("hour", models.DateTimeField(primary_key=True, serialize=False)),
                ("mark", models.BigIntegerField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "hour to be looked at",
                "verbose_name_plural": "hours to be looked at",
            },
        ),
        migrations.CreateModel(
            name="DetectedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("looked_at", models.DateTimeField()),
                ("exchanges", models.IntegerField()),
                ("findings", models.IntegerField()),
                ("milliseconds", models.IntegerField()),
                ("failures", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "day looked at",
                "verbose_name_plural": "days looked at",
                "indexes": [
                    models.Index(
                        condition=models.Q(("failures", {}), _negated=True), fields=["day"], name="detected_day_failed"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DetectionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("hourly", "what came in"), ("nightly", "explained again"), ("history", "history")],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="began at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("days", models.IntegerField(default=0, verbose_name="days")),
                ("exchanges", models.IntegerField(default=0, verbose_name="exchanges")),
                ("findings", models.IntegerField(default=0, verbose_name="findings")),
                ("waiting", models.IntegerField(default=0, verbose_name="days that still wait")),
                ("failures", models.JSONField(default=dict, verbose_name="detectors that failed")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="what ended it")),
            ],
            options={
                "verbose_name": "run of the detectors",
                "verbose_name_plural": "runs of the detectors",
                "ordering": ("-started_at", "-id"),
                "indexes": [models.Index(fields=["-started_at"], name="detection_run_started")],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("partner", models.CharField(max_length=40, verbose_name="partner")),
                ("person", models.BigIntegerField(verbose_name="person")),
                ("dossier", models.BigIntegerField(verbose_name="dossier")),
                ("holder", models.BigIntegerField(blank=True, null=True, verbose_name="whose dossier it is")),
                ("team", models.CharField(blank=True, max_length=200, null=True, verbose_name="team")),
                ("opened", models.DateField(verbose_name="opened")),
                ("closed", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("told_at", models.DateTimeField(verbose_name="last told at")),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
                "indexes": [
                    models.Index(fields=["person"], name="dossier_person"),
                    models.Index(fields=["dossier"], name="dossier_dossier"),
                ],
                "constraints": [models.UniqueConstraint(fields=("partner", "dossier", "person"), name="dossier_once")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True, verbose_name="key")),
                ("detector", models.CharField(max_length=60, verbose_name="detector")),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("cover", "cover"),
                            ("people", "people"),
                            ("volume", "volumes"),
                            ("delivery", "delivery"),
                        ],
                        max_length=10,
                        verbose_name="family",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "a rule of law"),
                            (1, "a pattern"),
                            (2, "a probability"),
                            (3, "a comparison with others"),
                            (4, "a random sample"),
                        ],
                        verbose_name="rests on",
                    ),
                ),
                ("period", models.TextField(verbose_name="period")),
                ("begins", models.DateTimeField(verbose_name="from")),
                ("ends", models.DateTimeField(verbose_name="until (excluded)")),
                ("partner", models.CharField(blank=True, max_length=40, verbose_name="partner")),
                ("service", models.CharField(blank=True, max_length=40, verbose_name="service")),
                ("series", models.TextField(blank=True, verbose_name="series")),
                ("user", models.BigIntegerField(blank=True, null=True, verbose_name="user")),
                ("person", models.BigIntegerField(blank=True, null=True, verbose_name="person")),
                ("tail", models.FloatField(blank=True, null=True, verbose_name="tail probability")),
                ("score", models.FloatField(verbose_name="score")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None, verbose_name="evidence"
                    ),
                ),
                (
                    "leaves",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None, verbose_name="places in the log"
                    ),
                ),
                ("exchanges", models.PositiveIntegerField(default=0, verbose_name="exchanges")),
                ("persons", models.PositiveIntegerField(default=0, verbose_name="persons")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="data categories",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "found, not looked at yet"),
                            ("raised", "part of a case"),
                            ("below", "under the line"),
                            ("suppressed", "expected, by a decision"),
                            ("tried", "found by a trial"),
                            ("gone", "no longer found"),
                        ],
                        default="found",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), default=list, size=None, verbose_name="days"
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("seen_at", models.DateTimeField(verbose_name="last seen at")),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ("-begins", "-id"),
                "indexes": [
                    models.Index(fields=["state", "begins"], name="finding_state"),
                    models.Index(fields=["detector", "begins"], name="finding_detector"),
                    models.Index(fields=["begins"], name="finding_begins"),
                    django.contrib.postgres.indexes.GinIndex(fields=["days"], name="finding_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("partner", models.CharField(max_length=40)),
                ("service", models.CharField(max_length=40)),
                ("user", models.BigIntegerField(null=True)),
                ("first", models.DateField()),
                ("last", models.DateField()),
            ],
            options={
                "verbose_name": "known use",
                "verbose_name_plural": "known uses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "service", "user"), name="known_use_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PairDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("partner", models.CharField(max_length=40)),
                ("user", models.BigIntegerField()),
                ("person", models.BigIntegerField()),
                ("group", models.CharField(max_length=200, null=True)),
                ("look_ups", models.IntegerField()),
                ("direct", models.IntegerField()),
                ("unexplained", models.IntegerField()),
            ],
            options={
                "verbose_name": "who looked at whom",
                "verbose_name_plural": "who looked at whom",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "partner", "user", "person"), name="pair_day_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UserDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("partner", models.CharField(max_length=40)),
                ("service", models.CharField(max_length=40)),
                ("user", models.BigIntegerField(null=True)),
                ("group", models.CharField(max_length=200, null=True)),
                ("look_ups", models.IntegerField(default=0)),
                ("persons", models.IntegerField(default=0)),
                ("unexplained", models.IntegerField(default=0)),
                ("without_dossier", models.IntegerField(default=0)),
                ("by_name", models.IntegerField(default=0)),
                ("hours", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "day of a user",
                "verbose_name_plural": "days of users",
                "indexes": [models.Index(fields=["partner", "service", "user", "day"], name="user_day_last")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "partner", "service", "user"), name="user_day_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProducerDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("producer", models.CharField(max_length=40)),
                ("last", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "numbers of a producer",
                "verbose_name_plural": "numbers of producers",
                "constraints": [models.UniqueConstraint(fields=("producer", "day"), name="producer_day_once")],
            },
        ),
    ]
