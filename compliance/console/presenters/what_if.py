"""What would differ if a request had been granted: who would gain cover, who would lose it, why, and some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.vocabulary import Verdict
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, present_verdict
from compliance.console.presenters.names import verdict_words
from compliance.console.presenters.use_areas import thing_beyond
from compliance.kernel.record_id import started_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.exchanges.rejudgement import Example, Rejudgement


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why so many exchanges would gain or lose their cover."""

    reason: Badge
    what: str
    count: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of them."""

    moment: str
    address: str
    old: Badge
    new: Badge


@dataclass(frozen=True, slots=True)
class Direction:
    """One way in which verdicts would differ."""

    key: str
    heading: str
    nothing: str
    count: str
    reasons: tuple[ReasonRow, ...]
    samples: tuple[SampleRow, ...]


@dataclass(frozen=True, slots=True)
class PresentedWhatIf:
    """What the template needs; ``looked`` says how far, ``stopped`` that it was not to the end."""

    looked: str
    stopped: str
    directions: tuple[Direction, ...]


@dataclass(frozen=True, slots=True)
class WhatIfHead:
    """Which request it is about."""

    code: str
    title: str
    organisation: str
    authorisation: str
    address: str


def present_head(request: AuthorisationRequest, door: Door) -> WhatIfHead:
    """Say which request."""
    replaced = request.authorisation.code if request.replaces and request.authorisation else ""
    return WhatIfHead(
        code=request.code,
        title=request.said.parties.title or _("Without a title"),
        organisation=request.organisation.name,
        authorisation=replaced,
        address=door.address("request", request.code),
    )


def present_what_if(*, found: Rejudgement, names: Names, door: Door) -> PresentedWhatIf:
    """Put the difference into words."""
    told = {"outside": words.figure(found.newly_outside), "inside": words.figure(found.newly_covered)}
    return PresentedWhatIf(
        looked=_looked(found),
        stopped=_stopped(found),
        directions=(
            Direction(
                "lost",
                _("Covered, and no longer if it had stood"),
                _("None."),
                told["outside"],
                tuple(_reasons(found, names, covered=False)),
                tuple(_samples((one for one in found.examples if one.old == Verdict.COVERED), door)),
            ),
            Direction(
                "gained",
                _("Not covered, and covered if it had stood"),
                _("None."),
                told["inside"],
                tuple(_reasons(found, names, covered=True)),
                tuple(_samples((one for one in found.examples if one.new == Verdict.COVERED), door)),
            ),
        ),
    )


def _looked(found: Rejudgement) -> str:
    return ngettext(
        "%(count)s exchange in production was judged again, from %(first)s to %(last)s.",
        "%(count)s exchanges in production were judged again, from %(first)s to %(last)s.",
        found.judged,
    ) % {
        "count": words.figure(found.judged),
        "first": words.day(found.first),
        "last": words.day(words.local_day(found.stopped_at) if found.stopped_at else found.last),
    }


def _stopped(found: Rejudgement) -> str:
    if found.stopped_at is None:
        return ""
    return _(
        "This page looks at %(count)s exchanges at the most, and stopped at %(moment)s. "
        "What came later is not in these figures: choose later months, or ask an operator for the whole period."
    ) % {"count": words.figure(found.judged), "moment": words.moment(found.stopped_at)}


def _reasons(found: Rejudgement, names: Names, *, covered: bool) -> Iterable[ReasonRow]:
    for row in found.reasons:
        if row.covered is covered:
            what = thing_beyond(Verdict(row.reason), row.what, names)
            yield ReasonRow(Badge(verdict_words(row.reason), "calm"), what, words.figure(row.exchanges))


def _samples(examples: Iterable[Example], door: Door) -> Iterable[SampleRow]:
    for one in examples:
        yield SampleRow(
            moment=words.moment(started_at(one.id)),
            address=door.address("exchange", one.id),
            old=present_verdict(one.old),
            new=present_verdict(one.new),
        )
