"""No exchange at all in hours that should have had many: a link that is down, a producer that is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.stretch_findings import stretch_findings
from compliance.detection.detectors.volumes.told import LIKELIEST
from compliance.detection.detectors.volumes.unusual import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "silence"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner and day."""
    yield from stretch_findings(
        window,
        baseline,
        settings,
        detector=ID,
        side=Side.BELOW,
        holds=lambda one: one.observed == 0 and one.expected >= settings["fewest"],
    )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(LIKELIEST, Parameter(name="fewest", default=10, unit="exchanges", least=1, most=10_000)),
    detect=detect,
)
