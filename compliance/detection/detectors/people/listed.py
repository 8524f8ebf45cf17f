"""Detectors of what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

PEOPLE: Final[tuple[Detector, ...]] = ()
