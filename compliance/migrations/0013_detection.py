"""Findings, profiles, dossiers, runs of detectors."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Findings, profiles, dossiers, runs of detectors."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0012_authorisation_use")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
    ]
