"""Questions to partners about exchanges."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Questions to partners about exchanges."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0014_cases")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
