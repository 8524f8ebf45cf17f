"""Settings of detectors, and their trials."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Settings of detectors, and their trials."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0017_webhooks")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
