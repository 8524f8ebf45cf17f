"""What the gate answers."""

from __future__ import annotations

import msgspec

from compliance.api.problems import ProblemError  # noqa: TC001 - the encoder reads this annotation


class DecisionReason(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that stands in the way: a code, a sentence in the language that was asked for, and of what."""

    code: str
    words: str
    outside: tuple[str, ...] = ()


class DecisionAuthorisation(msgspec.Struct, frozen=True, omit_defaults=True):
    """The version that the verdict was given by, and its paper."""

    version: str
    document: str = ""
    document_digest: str = ""


class DecisionContext(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why, by what, for which moment, and the identifier that the exchange quotes."""

    decision_id: str
    verdict: str
    moment: str
    issued_at: str
    valid_seconds: int
    register_revision: int
    reasons: tuple[DecisionReason, ...] = ()
    authorisation: DecisionAuthorisation | None = None


class EvaluationError(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why one of several questions could not be answered: HTTP status, sentence, and errors by field."""

    status: int
    message: str
    errors: tuple[ProblemError, ...] = ()


class EvaluationErrorContext(msgspec.Struct, frozen=True):
    """The context of a question that could not be answered, which denies."""

    error: EvaluationError


class EvaluationResponse(msgspec.Struct, frozen=True):
    """The answer to one question."""

    decision: bool
    context: DecisionContext


class EvaluationRefusal(msgspec.Struct, frozen=True):
    """The answer to one of several that cannot be answered: always a denial."""

    context: EvaluationErrorContext
    decision: bool = False


class EvaluationsResponse(msgspec.Struct, frozen=True):
    """The answers to several, in their order; fewer where one of them settled it."""

    evaluations: tuple[EvaluationResponse | EvaluationRefusal, ...]


class Metadata(msgspec.Struct, frozen=True):
    """Where this decision point is, and what it answers."""

    policy_decision_point: str
    access_evaluation_endpoint: str
    access_evaluations_endpoint: str
