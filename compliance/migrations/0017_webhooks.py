"""Webhooks and what was sent to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Webhooks and what was sent to them."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0016_samples")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
