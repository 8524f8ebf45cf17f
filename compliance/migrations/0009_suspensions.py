"""Suspensions of authorisations."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Suspensions of authorisations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0008_notices")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
