"""Cases: state, history, decisions, suppressions."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Cases: state, history, decisions, suppressions."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0013_detection")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
