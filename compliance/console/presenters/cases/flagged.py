"""What detection knows of one exchange, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.presenters.badge import Badge
from compliance.console.presenters.cases.words import case_sentence, present_case_state, tell
from compliance.detection.detectors.explanation import Explanation
from compliance.detection.vocabulary import FindingState

if TYPE_CHECKING:
    from compliance.console.cases.explained import Flagged
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class FlaggedLine:
    """A case or a finding that names this exchange."""

    sentence: str
    badge: Badge
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class PresentedFlagged:
    """What the template needs."""

    explanation: Badge | None
    explained: str
    lines: tuple[FlaggedLine, ...]


def present_flagged(found: Flagged, *, names: Names, door: Door) -> PresentedFlagged:
    """Put it into words."""
    explanation, explained = _explained(found)
    cases = tuple(
        FlaggedLine(case_sentence(one, names), present_case_state(one), door.address("case", one.code), one.code)
        for one in found.cases
    )
    findings = tuple(
        FlaggedLine(
            tell(one.detector, one.facts, partner=one.partner, service=one.service, names=names),
            Badge(str(FindingState(one.state).label), "calm"),
            door.address("findings", query={"detector": one.detector, "state": "every"}),
            one.detector,
        )
        for one in found.findings
    )
    return PresentedFlagged(explanation, explained, cases + findings)


def _explained(found: Flagged) -> tuple[Badge | None, str]:
    if not found.is_look_up:
        return None, _("A machine asked this, or it is about nobody: there is no look-up to explain.")
    match found.explanation:
        case Explanation.DIRECT:
            return Badge(_("explained"), "good"), _("The partner had a dossier of this person.")
        case Explanation.TEAM | Explanation.ROLE:
            return Badge(_("explained"), "good"), _("A colleague of this user had a dossier of this person.")
        case Explanation.NONE:
            return Badge(_("not explained"), "care"), _("No dossier of this person explains that this user looked.")
        case None:
            return Badge(_("not looked at yet"), "open"), _("Detection explains every look-up within the hour.")
