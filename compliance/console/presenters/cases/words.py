"""Words that pages about cases share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compliance.cases.sentences import sentence_of
from compliance.cases.vocabulary import CaseKind, CaseState, Outcome
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, Tone
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.sentences import sentence
from compliance.detection.triage.severity import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.utils.functional import _StrPromise as StrPromise

    from compliance.cases.models import Case
    from compliance.console.presenters.names import Names

FAMILY_WORDS: Final[Mapping[Family, StrPromise]] = {
    Family.COVER: gettext_lazy("cover"),
    Family.PEOPLE: gettext_lazy("people who look things up"),
    Family.VOLUME: gettext_lazy("volumes"),
    Family.DELIVERY: gettext_lazy("delivery and connection"),
}
TIER_WORDS: Final[Mapping[Tier, StrPromise]] = {
    Tier.LAW: gettext_lazy("a rule was broken"),
    Tier.PATTERN: gettext_lazy("a pattern of misuse"),
    Tier.STATISTIC: gettext_lazy("unlike what was before"),
    Tier.PEER: gettext_lazy("unlike others in the same place"),
    Tier.SAMPLE: gettext_lazy("drawn at random"),
}
STATE_TONES: Final[Mapping[CaseState, Tone]] = {
    CaseState.NEW: "open",
    CaseState.IN_REVIEW: "calm",
    CaseState.WAITING_PARTNER: "care",
    CaseState.WAITING_SECOND: "care",
    CaseState.DECIDED: "good",
}
OUTCOME_TONES: Final[Mapping[Outcome, Tone]] = {
    Outcome.EXPLAINED: "good",
    Outcome.EXPECTED: "good",
    Outcome.MISUSE: "bad",
    Outcome.BREACH: "bad",
    Outcome.PASSED_ON: "calm",
}
_GRAVE, _SERIOUS = 60, 40
_CERTAIN, _LIKELY = 0.9, 0.6
_RARE = 6


def tell(detector: str, facts: Mapping[str, Any], *, partner: str, service: str, names: Names) -> str:
    """Say a finding in one sentence, with names in the place of codes."""
    known = {"partner": names.organisation(partner), "service": names.service(service)}
    return sentence(detector, {**facts, **{name: told for name, told in known.items() if told}})


def case_sentence(case: Case, names: Names) -> str:
    """Say in one sentence what a case is about."""
    telling = next(iter(case.findings.all()), None)
    if telling is not None:
        return tell(telling.detector, telling.facts, partner=telling.partner, service=telling.service, names=names)
    return sentence_of(case) or words.sentence(str(CaseKind(case.kind).label))


def present_case_state(case: Case) -> Badge:
    """Say where a case stands; of what is decided, how it ended."""
    if case.state == CaseState.DECIDED:
        return Badge(str(Outcome(case.outcome).label), OUTCOME_TONES[Outcome(case.outcome)])
    state = CaseState(case.state)
    return Badge(str(state.label), STATE_TONES[state])


def present_risk(severity: int) -> Badge:
    """Say how grave a case is, with the points."""
    told = {"points": severity}
    if severity >= _GRAVE:
        return Badge(_("high risk, %(points)s") % told, "bad")
    if severity >= _SERIOUS:
        return Badge(_("medium risk, %(points)s") % told, "care")
    return Badge(_("low risk, %(points)s") % told, "calm")


def risk_reasons(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say why a case is as grave as it is, the greatest reason first."""
    return tuple(_reason(Cause(one["cause"]), float(one["figure"])) for one in reasons if one["cause"] in list(Cause))


def risk_points(reasons: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Return each reason with its points."""
    return tuple(
        (words.sentence(_reason(Cause(one["cause"]), float(one["figure"]))), words.figure(int(one["points"])))
        for one in reasons
        if one["cause"] in list(Cause)
    )


def since_words(moment: datetime, at: datetime) -> str:
    """Say since when: minutes and hours of today, else the day."""
    passed = at - moment
    minutes, hours = int(passed.total_seconds() // 60), int(passed.total_seconds() // 3600)
    if hours < 1:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    if words.local_day(moment) == words.local_day(at):
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    return words.day(words.local_day(moment))


def present_due_at(due_at: datetime, at: datetime) -> Badge:
    """Say by when, and whether that is past or near."""
    days = (words.local_day(due_at) - words.local_day(at)).days
    if due_at <= at:
        return Badge(_("late: due %(day)s") % {"day": words.day(words.local_day(due_at))}, "bad")
    if days == 0:
        return Badge(_("due today, %(time)s") % {"time": words.minute(due_at)}, "care")
    if days == 1:
        return Badge(_("due tomorrow"), "care")
    return Badge(_("due %(day)s") % {"day": words.day(words.local_day(due_at))}, "calm")


def _reason(cause: Cause, figure: float) -> str:
    match cause:
        case Cause.TIER:
            return str(TIER_WORDS[Tier(int(figure))])
        case Cause.UNLIKELY:
            return _("very unlikely to be chance") if figure >= _RARE else _("unlikely to be chance")
        case Cause.SURE:
            return (
                _("the detector is sure")
                if figure >= _CERTAIN
                else _("the detector is fairly sure")
                if figure >= _LIKELY
                else _("the detector is not sure")
            )
        case Cause.PERSONS:
            count = int(figure)
            return ngettext("%(count)s person", "%(count)s persons", count) % {"count": words.figure(count)}
        case Cause.SENSITIVE:
            count = int(figure)
            return ngettext("%(count)s sensitive data category", "%(count)s sensitive data categories", count) % {
                "count": words.figure(count)
            }
        case Cause.AGREEING:
            count = int(figure)
            return ngettext("%(count)s detector sees it", "%(count)s detectors see it", count) % {
                "count": words.figure(count)
            }
