"""Detectors of broken rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

RULES: Final[tuple[Detector, ...]] = ()
