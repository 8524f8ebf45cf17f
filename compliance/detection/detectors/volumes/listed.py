"""Detectors of unusual volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

VOLUMES: Final[tuple[Detector, ...]] = ()
