"""``POST /api/v1/exchanges``: report exchanges, one, many, or a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.views import APIView

from compliance.access.acts_for import producers_of
from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.body import body_of
from compliance.api.intake import admit
from compliance.api.openapi import PROBLEM, PROBLEM_RESPONSES, reference
from compliance.api.slots import slot_for
from compliance.api.v1.answers import RecordedExchanges, answer
from compliance.exchanges.read_reports import read_json, read_lines
from compliance.exchanges.record import record
from compliance.exchanges.recorded import Reporter
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient

JSON, LINES = "application/json", "application/x-ndjson"
_CREATED, _OK = 201, 200
_encode = msgspec.json.Encoder().encode
_encode_lines = msgspec.json.Encoder().encode_lines


def reporter_of(client: MachineClient) -> Reporter:
    """Return the client as one who reports."""
    return Reporter(
        actor=client.actor,
        organisation=client.organisation.code,
        reports_for=producers_of(client, at=now()),
    )


class ExchangesView(APIView):
    """Report exchanges of personal data."""

    http_method_names = ("post", "options")
    scope = Scope.EXCHANGES_REPORT

    @extend_schema(
        operation_id="recordExchanges",
        summary="Report exchanges",
        description=(
            "Send one report, an array, or NDJSON (one report a line); gzip is accepted. All reports of a request "
            "are recorded in one durable transaction, or none is. The answer comes after the commit: 201 when "
            "something was recorded, 200 when all had been recorded before with the same content. An exchange "
            "without cover is recorded and its verdict says so. It is safe to send the same again at any time."
        ),
        request={
            JSON: {"oneOf": [reference("Submission"), {"type": "array", "items": reference("Submission")}]},
            LINES: reference("Submission"),
        },
        responses={
            (status, media): schema
            for status in (_CREATED, _OK)
            for media, schema in (
                (JSON, {"oneOf": [reference("RecordedExchange"), reference("RecordedExchanges")]}),
                (LINES, reference("RecordedExchange")),
            )
        }
        | {(status, PROBLEM): reference("Problem") for status in PROBLEM_RESPONSES},
    )
    def post(self, request: Request) -> HttpResponse:
        """Read, record, answer."""
        revision = require_scope(request, self.scope).revision
        media = (request.content_type or "").partition(";")[0].strip().lower()
        if media not in {JSON, LINES}:
            raise UnsupportedMediaType(media, f"Use {JSON} or {LINES}.")
        admit()
        octets = body_of(request)
        with slot_for(len(octets)):
            reports, alone = read_json(octets) if media == JSON else (read_lines(octets), False)
            reporter = reporter_of(cast("MachineClient", request.user))
            recorded = record(reports=reports, reporter=reporter, revision=revision)
        answers = tuple(answer(one) for one in recorded)
        status = _CREATED if any(one.is_new for one in recorded) else _OK
        if media == LINES:
            return HttpResponse(_encode_lines(answers), status=status, content_type=LINES)
        body = _encode(answers[0] if alone else RecordedExchanges(answers))
        return HttpResponse(body, status=status, content_type=JSON)
