"""Runs of jobs."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Runs of jobs."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0019_number_range")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "job",
                    models.CharField(max_length=40, verbose_name="job"),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("seconds", models.FloatField(verbose_name="seconds")),
                (
                    "end",
                    models.CharField(
                        choices=[("done", "done"), ("failed", "failed")], max_length=10, verbose_name="end"
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=100, verbose_name="error")),
            ],
            options={
                "verbose_name": "run of a job",
                "verbose_name_plural": "runs of jobs",
                "indexes": [models.Index(fields=["job", "-started_at"], name="job_run_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", "done"), ("error", "")),
                            models.Q(("end", "failed"), models.Q(("error", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="failed_run_says_how",
                    )
                ],
            },
        ),
    ]
