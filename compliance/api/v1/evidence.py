"""``POST /api/v1/evidence``: an evidence bundle of a system's own organisation's exchanges, as it is made."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, cast

import msgspec
from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.body import body_of
from compliance.api.openapi import PROBLEM, PROBLEM_RESPONSES, reference
from compliance.api.v1.evidence_stream import EvidenceStream
from compliance.kernel.clock import canonical_time, microseconds
from compliance.kernel.errors import MalformedInputError
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import VALID_DAYS, EvidenceRequest
from compliance.reporting.evidence.verifier.selection import Filter

if TYPE_CHECKING:
    from django.http import HttpResponseBase
    from rest_framework.request import Request

    from compliance.access.models import MachineClient

_OK = 200
ZIP = "application/zip"
Moment = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with a time zone.")]


class EvidenceOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which of the organisation's exchanges a bundle is about; ``to`` is excluded."""

    start: Moment | None = msgspec.field(default=None, name="from")
    end: Moment | None = msgspec.field(default=None, name="to")
    time: Literal["started", "received"] = "started"
    equal: dict[str, tuple[str, ...]] = {}
    ids: Annotated[tuple[str, ...], msgspec.Meta(max_length=10_000)] = ()
    disclose: bool = False
    reason: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    language: Literal["nl", "en", "fr"] = "nl"
    valid_days: Annotated[int, msgspec.Meta(ge=1, le=3_660)] = VALID_DAYS
    held_size: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] | None = None


_read = msgspec.json.Decoder(EvidenceOrder).decode


class EvidenceView(APIView):
    """Make an evidence bundle."""

    http_method_names = ("post", "options")
    scope = Scope.EVIDENCE_MAKE

    @extend_schema(
        operation_id="makeEvidence",
        summary="Make an evidence bundle",
        description=(
            "A ZIP that is verified offline: the exchanges of the system's own organisation that the filter selects, "
            "each with its proof (mode hits). It is sent while it is made; one that breaks off has no directory and "
            "opens nowhere. The making is recorded before the first byte."
        ),
        request={"application/json": reference("EvidenceOrder")},
        responses={(_OK, ZIP): {"type": "string", "format": "binary"}}
        | {(status, PROBLEM): reference("Problem") for status in (*PROBLEM_RESPONSES, 404)},
    )
    def post(self, request: Request) -> HttpResponseBase:
        """Read, make, stream."""
        require_scope(request, self.scope)
        client = cast("MachineClient", request.user)
        try:
            order = _read(body_of(request))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            # What was sent is not repeated: only where it is wrong.
            where = str(error).partition(" - at ")[2] or "`$`"
            raise MalformedInputError(detail=f"This is no order for evidence, at {where}.") from error
        asked = _request(order, client.organisation.code)
        stream = EvidenceStream(partial(export_evidence, request=asked, actor=client.actor))
        response = StreamingHttpResponse(stream, content_type=ZIP)
        response["Content-Disposition"] = 'attachment; filename="evidence.zip"'
        response["Cache-Control"] = "no-store"
        return response


def _request(order: EvidenceOrder, organisation: str) -> EvidenceRequest:
    return EvidenceRequest(
        filter=Filter(
            time=order.time,
            start=None if order.start is None else canonical_time(microseconds(order.start)),
            end=None if order.end is None else canonical_time(microseconds(order.end)),
            equal=tuple(order.equal.items()),
            ids=order.ids,
        ),
        recipient=organisation,
        disclose=order.disclose,
        reason=order.reason,
        language=order.language,
        valid_for=timedelta(days=order.valid_days),
        held_size=order.held_size,
    )
