"""Errors as RFC 9457 problems. What the family of errors says is all that a caller is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.translation import override
from rest_framework import exceptions
from rest_framework.views import set_rollback

from compliance.kernel.errors import ComplianceError, TooLargeError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://kbi-audit.example/problems/"
_RETRY_DATABASE = 10
log = structlog.get_logger(__name__)


class ProblemError(msgspec.Struct, frozen=True):
    """One error: where (RFC 6901 pointer into what was sent), what, and a code for machines."""

    pointer: str
    detail: str
    code: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[ProblemError, ...] = ()


def problem_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:  # noqa: ARG001 - the framework's
    """Answer an exception, or leave it to the server's own handling when it is not one of the family."""
    set_rollback()
    match error:
        case ComplianceError():
            return _of_family(error)
        case RequestDataTooBig():
            return _of_family(TooLargeError("The body is larger than this service accepts. Send it in parts."))
        case OperationalError() | InterfaceError():
            log.warning("database_unavailable", error=type(error).__name__, cause=type(error.__cause__).__name__)
            return _of_family(UnavailableError("The database is away. Try again.", retry_after=_RETRY_DATABASE))
        case exceptions.APIException():
            return _of_framework(error)
        case _:
            return None


def _of_family(error: ComplianceError) -> HttpResponse:
    errors = tuple(ProblemError(found.pointer, found.detail, found.code) for found in error.errors)
    response = _response(Problem(f"{TYPE_BASE}{error.problem_type}", error.title, error.status, error.detail, errors))
    if isinstance(error, UnavailableError):
        response["Retry-After"] = str(error.retry_after)
    return response


def _of_framework(error: exceptions.APIException) -> HttpResponse:
    code = str(error.default_code).replace("_", "-")
    title = HTTPStatus(error.status_code).phrase
    with override("en"):
        response = _response(Problem(f"{TYPE_BASE}{code}", title, error.status_code, str(error.detail)))
    header = getattr(error, "auth_header", None)
    if header:
        response["WWW-Authenticate"] = header
    return response


def _response(problem: Problem) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(problem), status=problem.status, content_type=MEDIA_TYPE)
