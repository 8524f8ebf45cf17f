"""Every detector, by its identifier."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.people.listed import PEOPLE
from compliance.detection.detectors.rules.listed import RULES
from compliance.detection.detectors.volumes.listed import VOLUMES

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector


def _by_id(detectors: tuple[Detector, ...]) -> dict[str, Detector]:
    found = {detector.id: detector for detector in detectors}
    if len(found) < len(detectors):
        message = "Two detectors have one identifier."
        raise ValueError(message)
    return found


DETECTORS: Final = _by_id(tuple(chain(RULES, PEOPLE, VOLUMES)))
