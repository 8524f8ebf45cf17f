"""Random samples and their reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Random samples and their reviews."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0015_partner_questions")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
