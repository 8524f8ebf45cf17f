"""Detectors of unusual volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.volumes.day_swing.detect import DETECTOR as DAY_SWING
from compliance.detection.detectors.volumes.dip.detect import DETECTOR as DIP
from compliance.detection.detectors.volumes.error_share.detect import DETECTOR as ERROR_SHARE
from compliance.detection.detectors.volumes.level_shift.detect import DETECTOR as LEVEL_SHIFT
from compliance.detection.detectors.volumes.month_swing.detect import DETECTOR as MONTH_SWING
from compliance.detection.detectors.volumes.outcome_mix.detect import DETECTOR as OUTCOME_MIX
from compliance.detection.detectors.volumes.silence.detect import DETECTOR as SILENCE
from compliance.detection.detectors.volumes.slow_drift.detect import DETECTOR as SLOW_DRIFT
from compliance.detection.detectors.volumes.spike.detect import DETECTOR as SPIKE

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

VOLUMES: Final[tuple[Detector, ...]] = (
    SPIKE,
    DIP,
    SILENCE,
    ERROR_SHARE,
    OUTCOME_MIX,
    DAY_SWING,
    LEVEL_SHIFT,
    SLOW_DRIFT,
    MONTH_SWING,
)
