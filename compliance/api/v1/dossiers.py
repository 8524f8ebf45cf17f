"""``POST /api/v1/dossiers``: partners tell of their dossiers, which explain look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.views import APIView

from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.body import body_of
from compliance.api.openapi import PROBLEM, PROBLEM_RESPONSES, reference
from compliance.api.slots import slot_for
from compliance.api.v1.exchanges import JSON, LINES, reporter_of
from compliance.detection.dossiers.read_dossiers import read_json, read_lines
from compliance.detection.dossiers.tell_dossiers import tell_dossiers

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient


class DossiersView(APIView):
    """Tell of dossiers."""

    http_method_names = ("post", "options")
    scope = Scope.DOSSIERS_REPORT

    @extend_schema(
        operation_id="tellDossiers",
        summary="Tell of dossiers",
        description=(
            "Send one dossier, an array, or NDJSON (one a line); gzip is accepted. A dossier of a person explains why "
            "people of the partner looked that person up. All dossiers of a request are kept in one durable "
            "transaction, or none is. What is told of a dossier and person replaces what was told before, and telling "
            "the same again changes nothing. Numbers and references are kept as pseudonyms, never in clear."
        ),
        request={
            JSON: {"oneOf": [reference("ToldDossier"), {"type": "array", "items": reference("ToldDossier")}]},
            LINES: reference("ToldDossier"),
        },
        responses={(200, JSON): reference("DossiersTold")}
        | {(status, PROBLEM): reference("Problem") for status in PROBLEM_RESPONSES if status != 409},  # noqa: PLR2004
    )
    def post(self, request: Request) -> HttpResponse:
        """Read, keep, answer."""
        require_scope(request, self.scope)
        media = (request.content_type or "").partition(";")[0].strip().lower()
        if media not in {JSON, LINES}:
            raise UnsupportedMediaType(media, f"Use {JSON} or {LINES}.")
        octets = body_of(request)
        with slot_for(len(octets)):
            dossiers = read_json(octets) if media == JSON else read_lines(octets)
            told = tell_dossiers(dossiers=dossiers, reporter=reporter_of(cast("MachineClient", request.user)))
        return HttpResponse(msgspec.json.encode(told), content_type=JSON)
