"""Detectors in words: what looks, how it is set, what it found, and what a change would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, Tone
from compliance.console.presenters.cases.words import FAMILY_WORDS
from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.parameter_words import parameter_words, unit_words
from compliance.detection.sentences import sentence
from compliance.detection.titles import title_of
from compliance.detection.tuning.standing import Standing
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.detection.vocabulary import FindingTier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.cases.models import CaseFinding
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.detection.detectors.detector import Detector
    from compliance.detection.tuning.models import DetectorChange


@dataclass(frozen=True, slots=True)
class DetectorRow:
    """One detector in the list."""

    address: str
    title: str
    about: str
    rests_on: str
    standing: Badge
    raised: str
    below: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter: its name, what it is now, what it was made with, and between what it may be set."""

    name: str
    now: str
    default: str
    bounds: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would have brought on past days."""

    summary: str
    facts: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    missed: tuple[str, ...]
    cases: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangeStory:
    """One change of a detector."""

    address: str
    what: str
    reason: str
    proposed: str
    state: Badge
    trial: Trial | None
    decided: str
    is_tried: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class DetectorPage:
    """What the page of one detector needs."""

    title: str
    back: str
    rests_on: str
    standing: Badge
    parameters: tuple[ParameterRow, ...]
    waiting: ChangeStory | None
    history: tuple[ChangeStory, ...]


_STATES: Final[Mapping[ChangeState, Tone]] = {
    ChangeState.TRIED: "care",
    ChangeState.FAILED: "bad",
    ChangeState.IN_FORCE: "good",
}


def present_detectors(
    standings: Mapping[str, Standing], counts: Mapping[tuple[str, str], int], *, door: Door
) -> tuple[DetectorRow, ...]:
    """Put all detectors into rows; ``counts`` are findings of the past month by detector and state."""
    return tuple(
        DetectorRow(
            address=door.address("detector", detector.id),
            title=title_of(detector.id),
            about=words.sentence(str(FAMILY_WORDS[detector.family])),
            rests_on=str(FindingTier(detector.tier).label),
            standing=_standing(standings.get(detector.id, Standing())),
            raised=words.figure(counts.get((detector.id, "raised"), 0)),
            below=words.figure(counts.get((detector.id, "below"), 0)),
        )
        for detector in DETECTORS.values()
    )


def present_detector(
    detector: Detector,
    standing: Standing,
    changes: Sequence[DetectorChange],
    missed: Sequence[CaseFinding],
    *,
    names: Names,
    door: Door,
) -> DetectorPage:
    """Put one detector into words; ``missed`` are findings of decided cases that the open change would not see."""
    stories = [_change(one, detector, missed, names, door) for one in changes]
    return DetectorPage(
        title=title_of(detector.id),
        back=door.address("detectors"),
        rests_on=_("Rests on %(tier)s.") % {"tier": FindingTier(detector.tier).label},
        standing=_standing(standing),
        parameters=tuple(
            ParameterRow(
                words.sentence(parameter_words(one.name)),
                f"{standing.parameters.get(one.name, one.default):g} {unit_words(one.unit)}",
                f"{one.default:g}",
                _("%(least)s to %(most)s") % {"least": f"{one.least:g}", "most": f"{one.most:g}"},
            )
            for one in detector.parameters
        ),
        waiting=next((one for one in stories if one.is_open), None),
        history=tuple(one for one in stories if not one.is_open),
    )


def _standing(standing: Standing) -> Badge:
    if not standing.enabled:
        return Badge(_("switched off"), "bad")
    if standing.parameters:
        return Badge(_("looks, with other parameters"), "care")
    return Badge(_("looks"), "good")


def _change(
    change: DetectorChange, detector: Detector, missed: Sequence[CaseFinding], names: Names, door: Door
) -> ChangeStory:
    state = ChangeState(change.state)
    is_open = state in {ChangeState.PROPOSED, ChangeState.WAITING, ChangeState.TRIED, ChangeState.FAILED}
    return ChangeStory(
        address=door.address("detector-change", detector.id, change.uid),
        what=_what(change),
        reason=change.reason,
        proposed=_("%(who)s, %(moment)s") % {"who": change.proposed_by, "moment": words.moment(change.proposed_at)},
        state=Badge(str(state.label), _STATES.get(state, "calm")),
        trial=_trial(change, missed if is_open else (), names, door) if change.tried_at else None,
        decided=_("%(who)s, %(moment)s: %(reason)s")
        % {"who": change.decided_by, "moment": words.moment(change.decided_at), "reason": change.decision}
        if change.decided_at
        else "",
        is_tried=state is ChangeState.TRIED,
        is_open=is_open,
    )


def _what(change: DetectorChange) -> str:
    if not change.enabled:
        return _("Switch it off.")
    if not change.parameters:
        return _("Let it look as it was made.")
    told = words.enumeration([f"{parameter_words(name)} {value:g}" for name, value in change.parameters.items()])
    return _("Let it look with %(parameters)s.") % {"parameters": told}


def _trial(change: DetectorChange, missed: Sequence[CaseFinding], names: Names, door: Door) -> Trial:
    since, until = change.tried_since, change.tried_until
    return Trial(
        summary=_("Tried on %(since)s to %(until)s, on %(count)s exchanges.")
        % {
            "since": words.day(since) if since else "",
            "until": words.day(until) if until else "",
            "count": words.figure(change.exchanges),
        },
        facts=(
            (_("Found both ways"), words.figure(change.kept)),
            (_("Found only with the change"), words.figure(change.added)),
            (_("Missed with the change"), words.figure(len(change.missed))),
        ),
        added=tuple(_example(one, change, names) for one in change.examples if one["kind"] == "added"),
        missed=tuple(_example(one, change, names) for one in change.examples if one["kind"] == "missed"),
        cases=tuple(
            (door.address("case", one.case.code), one.case.code, str(one.case.get_outcome_display())) for one in missed
        ),
    )


def _example(example: Mapping[str, object], change: DetectorChange, names: Names) -> str:
    begins = datetime.fromisoformat(str(example["begins"]))
    facts = example["facts"]
    told = sentence(change.detector, facts if isinstance(facts, dict) else {})
    where = names.organisation(str(example["partner"])) if example["partner"] else ""
    return ", ".join(part for part in (words.moment(begins), where, told) if part)


def missed_sentence(count: int) -> str:
    """Say how many decided cases would have been missed."""
    if not count:
        return _("No decided case would have been missed.")
    return ngettext(
        "One finding of a decided case would have been missed:",
        "%(count)s findings of decided cases would have been missed:",
        count,
    ) % {"count": words.figure(count)}
