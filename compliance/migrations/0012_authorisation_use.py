"""What of each version of an authorisation was used: counts that follow the entries, to make anew at any time."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

KEY = ("authorisation", "partner", "month", "environment", "verdict", "kind", "code")


class Migration(migrations.Migration):
    """Counts of what was used."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0011_connecting")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="VersionUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authorisation", models.CharField(max_length=70)),
                ("partner", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("environment", models.CharField(max_length=20)),
                ("verdict", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=200)),
                ("count", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "use of a version of an authorisation",
                "verbose_name_plural": "uses of versions of authorisations",
                "constraints": [models.UniqueConstraint(fields=KEY, name="version_use_once")],
            },
        ),
    ]
