"""From a question in AuthZEN's words to one in the register's, or to errors that name the field and the remedy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compliance.api.access.request import EvaluationRequest
from compliance.authorisations.question import Question
from compliance.exchanges.read_reports import shape_error
from compliance.exchanges.shape import user_group_of
from compliance.kernel.clock import microseconds
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError, MalformedInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.authorisations.snapshot import Snapshot

ORGANISATION, SERVICE, RECEIVE = "organisation", "service", "receive"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_decode = msgspec.json.Decoder(EvaluationRequest).decode


class NotAQuestionError(InvalidInputError):
    """The question has no answer: something is missing, misshapen or unknown. AuthZEN wants 400 for all of these."""

    problem_type = "not-a-question"
    status = 400
    title = "This question cannot be answered as it is. No decision was given."


class NotYoursToAskError(ForbiddenError):
    """The client acts for neither side; whether the organisation exists is not told either."""

    problem_type = "not-yours-to-ask"
    title = "This client may not ask about this organisation."


class Asked(NamedTuple):
    """A question, and the moment that it is about (microseconds since 1970)."""

    question: Question
    at: int


def read_question(octets: bytes, *, snapshot: Snapshot, acts_for: frozenset[str], now: int) -> Asked:
    """Return the question in a JSON object, for a client that acts for these organisations.

    Raises :class:`MalformedInputError`, :class:`NotAQuestionError` and :class:`NotYoursToAskError`; the last one
    before anything of the register is looked up.
    """
    try:
        request = _decode(octets)
    except msgspec.ValidationError as error:
        raise NotAQuestionError(errors=(shape_error(error),)) from error
    except msgspec.DecodeError as error:
        raise MalformedInputError(detail=f"This is not JSON: {error}.") from error
    asker, resource = request.subject, request.resource
    receiving = {asker.id, asker.properties.on_behalf_of or asker.id}
    if not receiving <= acts_for and resource.properties.source not in acts_for:
        raise NotYoursToAskError(
            detail="Ask about an organisation for which this client acts: its own, one that gave a mandate, "
            "or one that the operator named for it."
        )
    at = now if request.context.time is None else _moment(request.context.time)
    errors = tuple(_problems(request, snapshot, at))
    if errors or at is None:
        raise NotAQuestionError(errors=errors)
    return Asked(_question(request), at)


def _question(request: EvaluationRequest) -> Question:
    asker, action, resource, context = request.subject, request.action, request.resource, request.context
    service, _, version = resource.id.partition("/")
    return Question(
        asker=asker.id,
        on_behalf_of=asker.properties.on_behalf_of,
        source=resource.properties.source,
        service=service,
        service_version=version,
        purpose=action.properties.purpose,
        legal_basis=action.properties.legal_basis,
        categories=resource.properties.categories,
        route=context.route,
        environment=context.environment,
        user_group=user_group_of(group=asker.properties.user_group, trigger=action.properties.trigger),
    )


def _moment(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None or not _FIRST_YEAR <= moment.year < _LAST_YEAR:
        return None
    return microseconds(moment)


def _problems(request: EvaluationRequest, snapshot: Snapshot, at: int | None) -> Iterator[FieldError]:
    """Yield what this service does not know, or does not answer."""
    subject, action, resource = request.subject, request.action, request.resource
    for pointer, given, answered in (
        ("/subject/type", subject.type, ORGANISATION),
        ("/action/name", action.name, RECEIVE),
        ("/resource/type", resource.type, SERVICE),
    ):
        if given != answered:
            yield FieldError(pointer, f"Only '{answered}' is answered here. See docs/gate.md.", "not-answered")
    named = (
        ("/subject/id", subject.id, snapshot.organisations, "organisation"),
        ("/resource/properties/source", resource.properties.source, snapshot.organisations, "organisation"),
        ("/resource/id", resource.id, snapshot.services, "service and version (CODE/version)"),
        ("/action/properties/purpose", action.properties.purpose, snapshot.purposes, "purpose"),
        ("/action/properties/legal_basis", action.properties.legal_basis, snapshot.legal_bases, "legal basis"),
        ("/context/route", request.context.route, snapshot.routes, "route"),
    )
    for pointer, code, known, what in named:
        if code not in known:
            yield _unknown(pointer, what)
    principal = subject.properties.on_behalf_of
    if principal is not None and principal not in snapshot.organisations:
        yield _unknown("/subject/properties/on_behalf_of", "organisation")
    for position, code in enumerate(resource.properties.categories):
        if code not in snapshot.categories:
            yield _unknown(f"/resource/properties/categories/{position}", "data category")
    if at is None:
        detail = "Give a moment with a time zone, as 2026-03-01T09:00:00+01:00, from 2000 until 2100; or leave it out."
        yield FieldError("/context/time", detail, "not-a-moment")


def _unknown(pointer: str, what: str) -> FieldError:
    return FieldError(pointer, f"The register has no {what} with this code. Ask the operator to add it.", "unknown")
