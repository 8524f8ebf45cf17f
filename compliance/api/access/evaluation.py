"""``POST /access/v1/evaluation``: whether an exchange may take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.views.decorators.csrf import csrf_exempt

from compliance.api.access.door import answer
from compliance.api.access.read_question import read_question
from compliance.api.access.tell import tell
from compliance.authorisations.evaluate import evaluate

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.api.access.answers import EvaluationResponse
    from compliance.api.access.door import Visit

_encode = msgspec.json.Encoder().encode


@csrf_exempt
def evaluation(request: HttpRequest) -> HttpResponse:
    """Answer one question."""
    return answer(request, answer_one)


def answer_one(visit: Visit) -> bytes:
    """Answer the question in a body."""
    return _encode(respond(visit, visit.octets))


def respond(visit: Visit, octets: bytes) -> EvaluationResponse:
    """Read a question, judge it, tell it."""
    asked = read_question(octets, snapshot=visit.snapshot, acts_for=visit.acts_for, now=visit.now)
    evaluated = evaluate(question=asked.question, at=asked.at, issued_at=visit.now, snapshot=visit.snapshot)
    return tell(evaluated, at=asked.at, issued_at=visit.now, revision=visit.snapshot.revision, language=visit.language)
