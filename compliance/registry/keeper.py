"""The organisation that keeps the crossroads bank: every exchange has it on one side."""

from __future__ import annotations

from django.conf import settings


def keeper() -> str:
    """Return the code of the keeper."""
    return str(settings.KEEPER)
