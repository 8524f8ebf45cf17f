"""Detectors of what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.people.dormant_user.detect import DETECTOR as DORMANT_USER
from compliance.detection.detectors.people.enumeration.detect import DETECTOR as ENUMERATION
from compliance.detection.detectors.people.first_use.detect import DETECTOR as FIRST_USE
from compliance.detection.detectors.people.name_search.detect import DETECTOR as NAME_SEARCH
from compliance.detection.detectors.people.own_file.detect import DETECTOR as OWN_FILE
from compliance.detection.detectors.people.same_person_again.detect import DETECTOR as SAME_PERSON_AGAIN
from compliance.detection.detectors.people.sought_person.detect import DETECTOR as SOUGHT_PERSON
from compliance.detection.detectors.people.unexplained_off_hours.detect import DETECTOR as UNEXPLAINED_OFF_HOURS
from compliance.detection.detectors.people.unlike_peers.detect import DETECTOR as UNLIKE_PEERS
from compliance.detection.detectors.people.without_dossiers.detect import DETECTOR as WITHOUT_DOSSIERS

if TYPE_CHECKING:
    from compliance.detection.detectors.detector import Detector

PEOPLE: Final[tuple[Detector, ...]] = (
    SAME_PERSON_AGAIN,
    WITHOUT_DOSSIERS,
    NAME_SEARCH,
    ENUMERATION,
    DORMANT_USER,
    FIRST_USE,
    SOUGHT_PERSON,
    OWN_FILE,
    UNLIKE_PEERS,
    UNEXPLAINED_OFF_HOURS,
)
