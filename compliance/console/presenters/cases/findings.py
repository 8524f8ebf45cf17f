"""What detectors saw in a case: each finding in a sentence, how unlikely it is, and how its detector works."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.console.presenters.cases.words import FAMILY_WORDS, TIER_WORDS, tell
from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.parameter_words import parameter_words, unit_words
from compliance.detection.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from compliance.cases.models import CaseFinding
    from compliance.console.presenters.names import Names
    from compliance.detection.models import Finding

_ROUND = 3


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: its sentence, when, what it rests on and how unlikely it is, and how much there was."""

    sentence: str
    period: str
    rests_on: str
    chance: str
    count: str


@dataclass(frozen=True, slots=True)
class DetectorLine:
    """A detector: what it is called, its parameters as they stood, and its own description, in English."""

    title: str
    identifier: str
    family: str
    parameters: tuple[tuple[str, str], ...]
    description: tuple[str, ...]


def present_findings(findings: Iterable[CaseFinding], names: Names) -> tuple[FindingLine, ...]:
    """Put findings into words, the most telling first."""
    return tuple(
        FindingLine(
            sentence=tell(one.detector, one.facts, partner=one.partner, service=one.service, names=names),
            period=period_words(one),
            rests_on=words.sentence(str(TIER_WORDS[Tier(one.tier)])),
            chance=chance_words(one.tail),
            count=_count(one),
        )
        for one in findings
    )


def present_detectors(findings: Iterable[CaseFinding]) -> tuple[DetectorLine, ...]:
    """Describe each detector once, with the parameters of its most telling finding."""
    first: dict[str, CaseFinding] = {}
    for one in findings:
        first.setdefault(one.detector, one)
    return tuple(
        DetectorLine(
            title=title_of(identifier),
            identifier=identifier,
            family=str(FAMILY_WORDS[Family(one.family)]),
            parameters=_parameters(identifier, one.parameters),
            description=_description(identifier),
        )
        for identifier, one in first.items()
    )


def period_words(one: CaseFinding | Finding) -> str:
    """Write from when until when: the hours of one day, or the days."""
    first, last = words.local_day(one.begins), words.local_day(one.ends)
    if first == last:
        told = {"day": words.day(first), "from": words.minute(one.begins), "until": words.minute(one.ends)}
        return _("%(day)s, %(from)s to %(until)s") % told
    return _("%(first)s to %(last)s") % {"first": words.day(first), "last": words.day(last)}


def chance_words(tail: float | None) -> str:
    """Say how often this much would be seen by chance when nothing is wrong."""
    if tail is None:
        return ""
    if tail <= 1e-9:  # noqa: PLR2004 beyond this the model knows nothing any more
        return _("By chance alone: less than once in a billion times.")
    times = round(1 / tail)
    figures = len(str(times))
    rounded = round(times, _ROUND - figures) if figures > _ROUND else times
    return _("By chance alone: once in %(times)s times.") % {"times": words.figure(rounded)}


def _count(one: CaseFinding) -> str:
    exchanges = ngettext("%(count)s exchange", "%(count)s exchanges", one.exchanges) % {
        "count": words.figure(one.exchanges)
    }
    if not one.persons:
        return exchanges
    persons = ngettext("%(count)s person", "%(count)s persons", one.persons) % {"count": words.figure(one.persons)}
    return f"{exchanges}, {persons}"


def _parameters(identifier: str, stood: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    detector = DETECTORS.get(identifier)
    known = detector.settings() | dict(stood) if detector else dict(stood)
    units = {one.name: one.unit for one in detector.parameters} if detector else {}
    return tuple(
        (words.sentence(parameter_words(name)), f"{_written(value)} {unit_words(units.get(name, ''))}".strip())
        for name, value in known.items()
    )


def _written(value: float) -> str:
    return words.figure(int(value)) if value == int(value) else f"{value:g}"


def _description(identifier: str) -> tuple[str, ...]:
    """Return the paragraphs of a detector's README, without its heading; none of one that is no longer there."""
    detector = DETECTORS.get(identifier)
    if detector is None:
        return ()
    package = detector.detect.__module__.rpartition(".")[0]
    readme = resources.files(package).joinpath("README.md")
    text = readme.read_text("utf-8") if readme.is_file() else ""
    parts = [part.strip() for part in text.split("\n\n")]
    return tuple(" ".join(part.split()) for part in parts if part and not part.startswith(("#", "|")))
