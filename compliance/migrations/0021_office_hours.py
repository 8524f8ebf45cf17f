"""When people of partners work, and what is used for tests. What the register says is never deleted."""

from __future__ import annotations

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_officehours
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER kept_for_ever BEFORE DELETE OR TRUNCATE ON compliance_closingperiod
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """Office hours, closing periods, test persons and test applications."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0020_jobs")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ApplicationForTests",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("listed_at", models.DateTimeField(verbose_name="listed at")),
            ],
            options={
                "verbose_name": "test application",
                "verbose_name_plural": "test applications",
            },
        ),
        migrations.CreateModel(
            name="PersonForTests",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(unique=True, verbose_name="person")),
                ("listed_at", models.DateTimeField(verbose_name="listed at")),
            ],
            options={
                "verbose_name": "test person",
                "verbose_name_plural": "test persons",
            },
        ),
        migrations.CreateModel(
            name="ClosingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closed_from", models.DateField(verbose_name="closed from")),
                ("closed_until", models.DateField(verbose_name="closed until (excluded)")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing_periods",
                        to="compliance.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing period",
                "verbose_name_plural": "closing periods",
                "ordering": ("organisation", "closed_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_until__isnull", True),
                            ("closed_until__gt", models.F("closed_from")),
                            _connector="OR",
                        ),
                        name="closing_period",
                        violation_error_message="The end must come after the beginning.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Monday"),
                            (2, "Tuesday"),
                            (3, "Wednesday"),
                            (4, "Thursday"),
                            (5, "Friday"),
                            (6, "Saturday"),
                            (7, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                (
                    "opens",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(23)], verbose_name="from (hour)"
                    ),
                ),
                (
                    "closes",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(24)], verbose_name="until (hour, excluded)"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until (excluded)")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_hours",
                        to="compliance.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "office hours",
                "verbose_name_plural": "office hours",
                "ordering": ("organisation", "weekday", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="office_hours_period",
                        violation_error_message="The end must come after the beginning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))),
                        name="office_hours_order",
                        violation_error_message="The end must come after the beginning.",
                    ),
                    models.UniqueConstraint(fields=("organisation", "weekday", "valid_from"), name="office_hours_once"),
                ],
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
