"""What of each authorisation was used."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """What of each authorisation was used."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0011_connecting")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
