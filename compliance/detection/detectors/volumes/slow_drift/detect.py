"""A series moved slowly away from where it was weeks ago; no single day was unusual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.level_findings import level_findings
from compliance.detection.detectors.volumes.told import LIKELIEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "slow-drift"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner: 5 days against the level 25 days before."""
    yield from level_findings(window, baseline, settings, detector=ID, days=5, ago=25)


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(
        LIKELIEST,
        Parameter(name="times", default=1.4, unit="times the earlier level", least=1.05, most=20),
    ),
    detect=detect,
)
