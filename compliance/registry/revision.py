"""Which revision the register is at: what caches compare."""

from __future__ import annotations

from django.db.models import Max

from compliance.registry.models import RegisterChange


def current_revision() -> int:
    """Return the number of the last change of register or authorisations; 0 before the first. One index probe."""
    return RegisterChange.objects.aggregate(last=Max("id"))["last"] or 0
