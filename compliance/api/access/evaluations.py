"""``POST /access/v1/evaluations``: several questions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.views.decorators.csrf import csrf_exempt

from compliance.api.access.answers import (
    EvaluationError,
    EvaluationErrorContext,
    EvaluationRefusal,
    EvaluationResponse,
    EvaluationsResponse,
)
from compliance.api.access.door import answer
from compliance.api.access.evaluation import answer_one, respond
from compliance.api.access.read_question import NotAQuestionError
from compliance.api.access.request import RawEvaluations
from compliance.api.problems import ProblemError
from compliance.exchanges.read_reports import shape_error
from compliance.kernel.errors import ForbiddenError, InvalidInputError, MalformedInputError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest, HttpResponse

    from compliance.api.access.door import Visit

MOST_QUESTIONS = 100
ENTITIES = ("subject", "action", "resource", "context")
# After which decision the rest is no longer asked.
_SETTLED_BY = {"execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True}
_decode = msgspec.json.Decoder(RawEvaluations).decode
_encode = msgspec.json.Encoder().encode


@csrf_exempt
def evaluations(request: HttpRequest) -> HttpResponse:
    """Answer several questions, or one where no others are named."""
    return answer(request, answer_all)


def answer_all(visit: Visit) -> bytes:
    """Answer the questions in a body, in their order, until one settles it.

    A question that cannot be answered denies, and says why; the others are answered all the same.
    """
    try:
        request = _decode(visit.octets)
    except msgspec.ValidationError as error:
        raise NotAQuestionError(errors=(shape_error(error),)) from error
    except msgspec.DecodeError as error:
        raise MalformedInputError(detail=f"This is not JSON: {error}.") from error
    if not request.evaluations:
        return answer_one(visit)
    if len(request.evaluations) > MOST_QUESTIONS:
        raise TooLargeError(detail=f"Ask at most {MOST_QUESTIONS} questions at a time.")
    return _encode(EvaluationsResponse(tuple(_until_settled(visit, request))))


def _until_settled(visit: Visit, request: RawEvaluations) -> Iterator[EvaluationResponse | EvaluationRefusal]:
    above = {name: entity for name in ENTITIES if isinstance(entity := getattr(request, name), msgspec.Raw)}
    settled_by = _SETTLED_BY[request.options.evaluations_semantic]
    for own in request.evaluations:
        response = _response(visit, {**above, **own})
        yield response
        if response.decision is settled_by:
            return


def _response(visit: Visit, entities: Mapping[str, msgspec.Raw]) -> EvaluationResponse | EvaluationRefusal:
    try:
        return respond(visit, _encode(entities))
    except (InvalidInputError, ForbiddenError) as error:
        errors = tuple(ProblemError(found.pointer, found.detail, found.code) for found in error.errors)
        told = EvaluationError(error.status, error.detail, errors)
        return EvaluationRefusal(EvaluationErrorContext(told))
