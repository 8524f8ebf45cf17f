"""Partners on their way to production."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Partners on their way to production."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0010_authorisation_requests")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
