"""``GET /api/v1/authorisations/{code}/{number}/policy``: what a version allows, for a gateway that judges by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpResponse, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from compliance.access.acts_for import organisations_of
from compliance.access.scopes import Scope
from compliance.api.authentication import require_scope
from compliance.api.openapi import PROBLEM, reference
from compliance.kernel.clock import now
from compliance.reporting.protocols.policy import policy_of
from compliance.reporting.protocols.terms_of import terms_of
from compliance.reporting.protocols.vocabulary import JSONLD

if TYPE_CHECKING:
    from rest_framework.request import Request

    from compliance.access.models import MachineClient


class PolicyView(APIView):
    """Hand out policies."""

    http_method_names = ("get", "options")

    @extend_schema(
        operation_id="readPolicy",
        summary="What a version of an authorisation allows, as an ODRL policy",
        description=(
            "JSON-LD with an embedded context: ODRL 2.2 with terms of the Data Privacy Vocabulary, the same terms as "
            "plain JSON, and the SHA-256 of its canonical form. Only versions that name an organisation for which the "
            "client acts are there; all others are not found. docs/protocols.md describes the profile."
        ),
        responses={(200, JSONLD): {"type": "object"}}
        | {(status, PROBLEM): reference("Problem") for status in (401, 403, 404)},
    )
    def get(self, request: Request, code: str, number: int) -> HttpResponse:
        """Look it up for whom the client acts."""
        require_scope(request, Scope.ACCESS_EVALUATE)
        parties = organisations_of(cast("MachineClient", request.user), at=now())
        return JsonResponse(policy_of(terms_of(code, number, parties=parties)), content_type=JSONLD)
