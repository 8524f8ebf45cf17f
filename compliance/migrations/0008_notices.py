"""Notices to people, and their mails."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Notices to people, and their mails."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("compliance", "0007_client_credentials")]

    operations: ClassVar[list[migrations.operations.base.Operation]] = []
