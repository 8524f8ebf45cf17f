"""``POST /api/v1/exchanges/test``: try reports out; nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from django.http import HttpResponse
from django.utils.translation import override
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.views import APIView

from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.body import body_of
from compliance.api.openapi import PROBLEM, reference
from compliance.api.slots import slot_for
from compliance.api.v1.tested import TestedExchanges, tested
from compliance.connecting.self_test.run_self_test import run_self_test
from compliance.connecting.self_test.tester import client_as_tester
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient

JSON, LINES = "application/json", "application/x-ndjson"
_encode = msgspec.json.Encoder().encode


class SelfTestView(APIView):
    """Try reports out."""

    http_method_names = ("post", "options")

    @extend_schema(
        operation_id="testExchanges",
        summary="Try reports out",
        description=(
            "Send samples as you would report them: one, an array, or NDJSON; at most 1,000, gzip is accepted. Nothing "
            "is recorded. The answer says of each sample what is wrong and the remedy, which codes the register does "
            "not know, the verdict with all its reasons and what would make it covered, and remarks; and which checks "
            "were passed so far. National numbers outside the test range (day of birth 99) are refused, never "
            "repeated and never kept. Needs the scope exchanges:test."
        ),
        request={
            JSON: {"oneOf": [reference("Submission"), {"type": "array", "items": reference("Submission")}]},
            LINES: reference("Submission"),
        },
        responses={(200, JSON): reference("TestedExchanges")}
        | {(status, PROBLEM): reference("Problem") for status in (400, 401, 403, 413, 415, 503)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Read, try, answer."""
        require_scope(request, Scope.EXCHANGES_TEST)
        media = (request.content_type or "").partition(";")[0].strip().lower()
        if media not in {JSON, LINES}:
            raise UnsupportedMediaType(media, f"Use {JSON} or {LINES}.")
        octets = body_of(request)
        tester = client_as_tester(cast("MachineClient", request.user), at=now())
        with slot_for(len(octets)), override("en"):
            answer: TestedExchanges = tested(run_self_test(octets=octets, tester=tester))
        return HttpResponse(_encode(answer), content_type=JSON)
