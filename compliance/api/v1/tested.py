"""What the API answers about a self-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.api.v1.answers import AnsweredReason, AnsweredVerdict
from compliance.connecting.self_test.words import HINTS, error_words, remedy_words, unknown_words

if TYPE_CHECKING:
    from compliance.connecting.self_test.tried import PartnerChecks, SelfTested, Tried


class TestedField(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something about one field: where (RFC 6901 pointer), which kind, and a sentence with the remedy."""

    pointer: str
    code: str
    detail: str


class TestedCode(msgspec.Struct, frozen=True):
    """A code that the register does not know, and the nearest that it does."""

    pointer: str
    code: str
    detail: str
    nearest: tuple[str, ...]


class TestedExchange(msgspec.Struct, frozen=True):
    """One sample. ``recordable`` says whether it would have been recorded; then it has an id and a verdict.

    ``same_as`` is the position of an equal sample before it: sent again, it would get that one's answer.
    """

    position: int
    message_reference: str
    recordable: bool
    id: str | None
    verdict: AnsweredVerdict | None
    remedies: tuple[str, ...]
    errors: tuple[TestedField, ...]
    unknown_codes: tuple[TestedCode, ...]
    hints: tuple[TestedField, ...]
    same_as: int | None


class TestedCheck(msgspec.Struct, frozen=True):
    """One check, and since when it has been passed, if it was."""

    check: str
    passed_at: str | None


class TestedPartner(msgspec.Struct, frozen=True):
    """The checks of one partner that is being connected."""

    organisation: str
    complete: bool
    checks: tuple[TestedCheck, ...]


class TestedExchanges(msgspec.Struct, frozen=True):
    """Every sample in its order, and the checks of the partners that they are about."""

    samples: tuple[TestedExchange, ...]
    partners: tuple[TestedPartner, ...]


def tested(found: SelfTested) -> TestedExchanges:
    """Put a self-test into the API's words."""
    return TestedExchanges(tuple(map(_sample, found.samples)), tuple(map(_partner, found.partners)))


def _sample(tried: Tried) -> TestedExchange:
    judgement = tried.judgement
    verdict = None
    if judgement is not None:
        reasons = tuple(AnsweredReason(reason.verdict.value, reason.detail) for reason in judgement.reasons)
        verdict = AnsweredVerdict(judgement.verdict.value, judgement.authorisation, reasons)
    return TestedExchange(
        position=tried.position,
        message_reference=tried.reference,
        recordable=tried.is_good,
        id=None if tried.id is None else str(tried.id),
        verdict=verdict,
        remedies=tuple(map(remedy_words, tried.remedies)),
        errors=tuple(TestedField(error.pointer, error.code, error_words(error)) for error in tried.errors),
        unknown_codes=tuple(
            TestedCode(one.pointer, one.code, unknown_words(one), one.nearest) for one in tried.unknown
        ),
        hints=tuple(TestedField(hint.pointer, hint.kind.value, str(HINTS[hint.kind])) for hint in tried.hints),
        same_as=tried.same_as,
    )


def _partner(partner: PartnerChecks) -> TestedPartner:
    checks = tuple(
        TestedCheck(state.check.value, None if state.passed_at is None else state.passed_at.isoformat())
        for state in partner.checks
    )
    return TestedPartner(partner.organisation, all(check.passed_at for check in checks), checks)
