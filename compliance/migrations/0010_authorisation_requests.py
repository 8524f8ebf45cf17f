"""Requests for authorisations, from draft to decision and after."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Requests for authorisations, from draft to decision and after."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0009_suspensions")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
