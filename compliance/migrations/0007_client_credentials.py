"""Keys of machine clients, and people who keep those of their own organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Keys of machine clients, and people who keep those of their own organisation."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0006_verification_and_cases")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
