"""What is in force of each detector."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.vocabulary import ChangeState

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a detector looks, and what of its parameters differs from the defaults."""

    enabled: bool = True
    parameters: Mapping[str, float] = field(default_factory=dict)


def standings() -> dict[str, Standing]:
    """Return what people set; a detector that nobody touched is in use, with its defaults. One query."""
    rows = DetectorChange.objects.filter(state=ChangeState.IN_FORCE)
    return {row.detector: Standing(row.enabled, row.parameters) for row in rows}


def standing_of(detector: str, *, lock: bool = False) -> Standing:
    """Return what is in force of one; ``lock`` lets nobody else change it until the caller's transaction ends."""
    if lock:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"detector-change/{detector}"])
    return standings().get(detector, Standing())
