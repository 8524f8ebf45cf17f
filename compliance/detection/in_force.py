"""Which detectors look, and with which parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.tuning.standing import standings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.detection.detectors.detector import Detector


@dataclass(frozen=True, slots=True)
class InForce:
    """The detectors that are in use, and what of their parameters was changed, by detector."""

    detectors: Mapping[str, Detector] = field(default_factory=lambda: DETECTORS)
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def in_force() -> InForce:
    """Return what is in use now: everything, but for what two people changed."""
    changed = standings()
    return InForce(
        {name: one for name, one in DETECTORS.items() if name not in changed or changed[name].enabled},
        {name: standing.parameters for name, standing in changed.items()},
    )
