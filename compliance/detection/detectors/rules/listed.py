"""Detectors of broken rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.rules.category_beyond.detect import CATEGORY_BEYOND
from compliance.detection.detectors.rules.ceiling_broken.detect import CEILING_BROKEN
from compliance.detection.detectors.rules.clock_drift.detect import CLOCK_DRIFT
from compliance.detection.detectors.rules.expired_cover.detect import EXPIRED_COVER
from compliance.detection.detectors.rules.expiring_cover.detect import EXPIRING_COVER
from compliance.detection.detectors.rules.invalid_dossier.detect import INVALID_DOSSIER
from compliance.detection.detectors.rules.missing_dossier.detect import MISSING_DOSSIER
from compliance.detection.detectors.rules.no_cover.detect import NO_COVER
from compliance.detection.detectors.rules.off_hours.detect import OFF_HOURS
from compliance.detection.detectors.rules.quoted_decision.detect import QUOTED_DECISION
from compliance.detection.detectors.rules.replayed_reference.detect import REPLAYED_REFERENCE
from compliance.detection.detectors.rules.sequence_gap.detect import SEQUENCE_GAP
from compliance.detection.detectors.rules.test_in_production.detect import TEST_IN_PRODUCTION
from compliance.detection.detectors.rules.unanswered.detect import UNANSWERED

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

RULES: Final[tuple[Detector, ...]] = (
    NO_COVER,
    CATEGORY_BEYOND,
    EXPIRED_COVER,
    EXPIRING_COVER,
    CEILING_BROKEN,
    QUOTED_DECISION,
    OFF_HOURS,
    INVALID_DOSSIER,
    MISSING_DOSSIER,
    REPLAYED_REFERENCE,
    CLOCK_DRIFT,
    TEST_IN_PRODUCTION,
    UNANSWERED,
    SEQUENCE_GAP,
)
