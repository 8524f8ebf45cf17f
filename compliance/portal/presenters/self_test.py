"""What a self-test found, in words for the person who pasted the samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.connecting.self_test.words import HINTS, error_words, remedy_words, unknown_words
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, present_verdict
from compliance.console.presenters.connection import CheckRow
from compliance.console.presenters.reasons import present_reason

if TYPE_CHECKING:
    from compliance.connecting.self_test.tried import PartnerChecks, SelfTested, Tried
    from compliance.console.presenters.names import Names

SHOWN = 50


@dataclass(frozen=True, slots=True)
class FieldNote:
    """Something about a field."""

    pointer: str
    words: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample."""

    heading: str
    badge: Badge
    authorisation: str
    notes: tuple[str, ...]
    errors: tuple[FieldNote, ...]
    unknown: tuple[FieldNote, ...]
    reasons: tuple[str, ...]
    remedies: tuple[str, ...]
    hints: tuple[FieldNote, ...]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """How far one partner has come."""

    organisation: str
    checked: str
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class SelfTestResult:
    """What the template needs."""

    told: str
    more: str
    samples: tuple[SampleRow, ...]
    partners: tuple[PartnerRow, ...]


def present_self_test(found: SelfTested, names: Names) -> SelfTestResult:
    """Put a self-test into words; of many samples the first fifty, those with errors before others."""
    ordered = sorted(found.samples, key=lambda one: (one.is_good and not one.hints, one.position))
    good = sum(one.is_good for one in found.samples)
    return SelfTestResult(
        told=ngettext(
            "%(count)s sample, of which %(good)s would be recorded. Nothing was recorded now.",
            "%(count)s samples, of which %(good)s would be recorded. Nothing was recorded now.",
            len(found.samples),
        )
        % {"count": words.figure(len(found.samples)), "good": words.figure(good)},
        more=_("The first %(count)s are shown; those with errors or remarks come first.") % {"count": SHOWN}
        if len(found.samples) > SHOWN
        else "",
        samples=tuple(_sample(one, names) for one in ordered[:SHOWN]),
        partners=tuple(_partner(one, names) for one in found.partners),
    )


def _sample(tried: Tried, names: Names) -> SampleRow:
    judgement = tried.judgement
    number = words.figure(tried.position + 1)
    heading = _("Sample %(number)s") % {"number": number}
    if tried.reference:
        heading = _("Sample %(number)s, %(reference)s") % {"number": number, "reference": tried.reference}
    return SampleRow(
        heading=heading,
        badge=Badge(_("would be refused"), "bad") if judgement is None else present_verdict(judgement.verdict),
        authorisation=judgement.authorisation if judgement is not None else "",
        notes=tuple(_notes(tried)),
        errors=tuple(FieldNote(one.pointer, error_words(one)) for one in tried.errors),
        unknown=tuple(FieldNote(one.pointer, unknown_words(one)) for one in tried.unknown),
        reasons=tuple(
            present_reason(verdict=reason.verdict, detail=reason.detail, names=names)
            for reason in (judgement.reasons if judgement is not None else ())
        ),
        remedies=tuple(remedy_words(one) for one in tried.remedies),
        hints=tuple(FieldNote(one.pointer, str(HINTS[one.kind])) for one in tried.hints),
    )


def _notes(tried: Tried) -> list[str]:
    notes = []
    if tried.id is not None:
        notes.append(_("It would be recorded as %(id)s.") % {"id": tried.id})
    if tried.same_as is not None:
        notes.append(
            _("This is sample %(number)s again: recognised as the same, recorded once.") % {"number": tried.same_as + 1}
        )
    return notes


def _partner(partner: PartnerChecks, names: Names) -> PartnerRow:
    passed = sum(state.passed_at is not None for state in partner.checks)
    return PartnerRow(
        organisation=names.organisation(partner.organisation),
        checked=_("%(passed)s of %(all)s passed") % {"passed": passed, "all": len(partner.checks)},
        checks=tuple(
            CheckRow(
                words.sentence(str(state.check.label)),
                state.passed_at is not None,
                words.moment(state.passed_at) if state.passed_at else "",
            )
            for state in partner.checks
        ),
    )
