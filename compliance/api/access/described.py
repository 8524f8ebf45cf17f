"""The gate in the OpenAPI file: its views are plain ones of Django's, which nothing describes by itself."""

from __future__ import annotations

from typing import Any

import msgspec

from compliance.access.scopes import Scope
from compliance.api.access.answers import EvaluationRefusal, EvaluationResponse, Metadata
from compliance.api.access.request import (
    Action,
    Context,
    EvaluationRequest,
    EvaluationsOptions,
    Resource,
    Subject,
)
from compliance.api.authentication import ClientAuthenticationScheme
from compliance.api.openapi import PROBLEM, reference

JSON = "application/json"
_SECURITY = [{name: [Scope.ACCESS_EVALUATE.value]} for name in ClientAuthenticationScheme.name]
_REQUEST_ID = {
    "name": "X-Request-ID",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Comes back in the answer.",
}


class EvaluationsItem(msgspec.Struct, frozen=True):
    """One of several questions; what it leaves out is what stands above."""

    subject: Subject | msgspec.UnsetType = msgspec.UNSET
    action: Action | msgspec.UnsetType = msgspec.UNSET
    resource: Resource | msgspec.UnsetType = msgspec.UNSET
    context: Context | msgspec.UnsetType = msgspec.UNSET


class EvaluationsRequest(EvaluationsItem, frozen=True):
    """Several questions, with what stands above all of them."""

    evaluations: tuple[EvaluationsItem, ...] = ()
    options: EvaluationsOptions = EvaluationsOptions()


TYPES = (EvaluationRequest, EvaluationResponse, EvaluationRefusal, EvaluationsRequest, Metadata)
_EITHER = {"oneOf": [reference("EvaluationResponse"), reference("EvaluationRefusal")]}
SCHEMAS: dict[str, Any] = {
    "EvaluationsResponse": {
        "title": "EvaluationsResponse",
        "description": "The answers to several, in their order; fewer where one of them settled it.",
        "type": "object",
        "properties": {"evaluations": {"type": "array", "items": _EITHER}},
        "required": ["evaluations"],
    }
}


def _asked(operation: str, summary: str, description: str, request: str, answers: list[str]) -> dict[str, Any]:
    told = [reference(name) for name in answers]
    problem = {"content": {PROBLEM: {"schema": reference("Problem")}}, "description": ""}
    return {
        "post": {
            "operationId": operation,
            "summary": summary,
            "description": description,
            "tags": ["access"],
            "parameters": [_REQUEST_ID],
            "requestBody": {"content": {JSON: {"schema": reference(request)}}, "required": True},
            "security": _SECURITY,
            "responses": {
                "200": {
                    "content": {JSON: {"schema": told[0] if len(told) == 1 else {"oneOf": told}}},
                    "description": "",
                },
                **{str(status): problem for status in (400, 401, 403, 405, 413, 503)},
            },
        }
    }


PATHS: dict[str, Any] = {
    "/access/v1/evaluation": _asked(
        "evaluateAccess",
        "Whether an exchange may take place",
        "OpenID AuthZEN Authorization API 1.0: may this organisation have these categories of this service, for this "
        "purpose, by this legal basis and route? A question that cannot be answered is a 400 that names the field.",
        "EvaluationRequest",
        ["EvaluationResponse"],
    ),
    "/access/v1/evaluations": _asked(
        "evaluateAccesses",
        "Whether several exchanges may take place",
        "OpenID AuthZEN Authorization API 1.0: up to 100 questions, with defaults above them. Without evaluations it "
        "is one question, and answered so.",
        "EvaluationsRequest",
        ["EvaluationsResponse", "EvaluationResponse"],
    ),
    "/.well-known/authzen-configuration": {
        "get": {
            "operationId": "getAuthzenConfiguration",
            "summary": "Where the gate is, and what it answers",
            "tags": ["access"],
            "security": [{}],
            "responses": {
                "200": {"content": {JSON: {"schema": reference("Metadata")}}, "description": ""},
            },
        }
    },
}
