"""An evaluation in the words of the answer. What is allowed needs no words, so that the common case looks up none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header

from compliance.api.access.answers import (
    DecisionAuthorisation,
    DecisionContext,
    DecisionReason,
    EvaluationResponse,
)
from compliance.console.presenters.names import Names
from compliance.console.presenters.reasons import present_reason
from compliance.kernel.clock import canonical_time

if TYPE_CHECKING:
    from compliance.authorisations.evaluate import Evaluation
    from compliance.authorisations.judgement import Reason

_LANGUAGES = 8


def tell(evaluation: Evaluation, *, at: int, issued_at: int, revision: int, language: str) -> EvaluationResponse:
    """Put an evaluation into words; moments are microseconds since 1970."""
    judgement = evaluation.judgement
    return EvaluationResponse(
        not judgement.reasons,
        DecisionContext(
            decision_id=evaluation.decision_id,
            verdict=judgement.verdict,
            moment=canonical_time(at),
            issued_at=canonical_time(issued_at),
            valid_seconds=settings.DECISION_SECONDS,
            register_revision=revision,
            reasons=_reasons(judgement.reasons, revision, language) if judgement.reasons else (),
            authorisation=_authorisation(evaluation),
        ),
    )


def language_of(accepted: str) -> str:
    """Return the language of the service that an ``Accept-Language`` header asks for first."""
    for code, _weight in parse_accept_lang_header(accepted.lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _reasons(reasons: tuple[Reason, ...], revision: int, language: str) -> tuple[DecisionReason, ...]:
    with override(language):
        names = _names(revision, language)
        return tuple(
            DecisionReason(
                reason.verdict,
                present_reason(verdict=reason.verdict, detail=reason.detail, names=names),
                reason.detail,
            )
            for reason in reasons
        )


@lru_cache(maxsize=_LANGUAGES)
def _names(_revision: int, _language: str) -> Names:
    """Return the names of one revision in one language, read as they are needed."""
    return Names()


def _authorisation(evaluation: Evaluation) -> DecisionAuthorisation | None:
    version = evaluation.judgement.authorisation
    if not version:
        return None
    document = evaluation.document
    return (
        DecisionAuthorisation(version, document.reference, document.digest)
        if document
        else DecisionAuthorisation(version)
    )
