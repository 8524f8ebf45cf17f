"""Which persons have numbers near each other, without telling the numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Which persons have numbers near each other, without telling the numbers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0018_detector_settings")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE ledger_person_key ADD COLUMN number_range bigint",
            "ALTER TABLE ledger_person_key DROP COLUMN number_range",
        ),
        # The table is not Django's to change; this tells Django what it has.
        migrations.AddField("personkey", "number_range", models.BigIntegerField(null=True)),
    ]
