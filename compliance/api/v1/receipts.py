"""``POST /api/v1/receipts/check``: whether the promises of receipts were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.body import body_of
from compliance.api.openapi import PROBLEM, reference
from compliance.kernel.errors import TooLargeError
from compliance.ledger.check_receipt import CheckedReceipt, check_receipt
from compliance.ledger.find_leaf import Budget
from compliance.ledger.read_receipts import read_receipts

if TYPE_CHECKING:
    from rest_framework.request import Request

JSON, LINES = "application/json", "application/x-ndjson"
MOST_RECEIPTS = 64
MOST_BYTES = 256 * 1024
# A million leaves; a tenth of a second. Receipts of one answer stand close together.
MOST_TILES = 4096

_TOO_LARGE = f"Send at most {MOST_RECEIPTS} receipts at a time, of {MOST_BYTES} bytes together."


class CheckedReceipts(msgspec.Struct, frozen=True):
    """What was found of each receipt, in their order."""

    receipts: tuple[CheckedReceipt, ...]


class ReceiptsCheckView(APIView):
    """Check receipts."""

    http_method_names = ("post", "options")
    scope = Scope.RECEIPTS_CHECK

    @extend_schema(
        operation_id="checkReceipts",
        summary="Whether the promises of receipts were kept",
        description=(
            "Send a receipt, an answer of POST /api/v1/exchanges as it was received, or several; 64 receipts at the "
            "most. Each is told to be kept, late, not-due, broken, not-ours or, when so much was recorded meanwhile "
            "that looking takes too long, undecided. With a place in the log come its inclusion proof and checkpoint."
        ),
        request={
            JSON: {"oneOf": [reference(name) for name in ("Receipt", "RecordedExchange", "RecordedExchanges")]},
            LINES: {"oneOf": [reference(name) for name in ("Receipt", "RecordedExchange")]},
        },
        responses={(200, JSON): reference("CheckedReceipts")}
        | {(status, PROBLEM): reference("Problem") for status in (400, 401, 403, 413, 503)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Read, check, answer."""
        require_scope(request, self.scope)
        octets = body_of(request)
        if len(octets) > MOST_BYTES:
            raise TooLargeError(_TOO_LARGE)
        receipts = read_receipts(octets)
        if len(receipts) > MOST_RECEIPTS:
            raise TooLargeError(_TOO_LARGE)
        budget = Budget(MOST_TILES)
        checked = CheckedReceipts(tuple(check_receipt(kept, budget=budget) for kept in receipts))
        return HttpResponse(msgspec.json.encode(checked), content_type=JSON)
