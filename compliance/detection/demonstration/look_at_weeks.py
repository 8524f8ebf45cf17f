"""Let the detectors look at the weeks that were told: the first ones only to remember what is usual."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from compliance.detection.in_force import InForce, in_force
from compliance.detection.look import look

if TYPE_CHECKING:
    from compliance.detection.demonstration.recent_weeks import Told

LOOKED_AT: Final = 7


def look_at_weeks(told: Told) -> int:
    """Look at the days in their order, by all detectors in the last week; return how many findings stand."""
    findings = 0
    day, remembering = told.first, told.last - timedelta(days=LOOKED_AT)
    while day <= told.last:
        looked = look(day, using=InForce({}) if day <= remembering else in_force())
        findings += 0 if looked is None else looked.findings
        day += timedelta(days=1)
    return findings
