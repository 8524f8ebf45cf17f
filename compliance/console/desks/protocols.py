"""The document of a request and the policy of an authorisation, as both doors hand them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse

from compliance.authorisations.requests.parties import request_for
from compliance.console.reader import reader_of
from compliance.reporting.protocols.document import document_of_request
from compliance.reporting.protocols.policy import policy_of
from compliance.reporting.protocols.protocol_pdf import protocol_pdf
from compliance.reporting.protocols.terms_of import terms_of
from compliance.reporting.protocols.vocabulary import JSONLD

if TYPE_CHECKING:
    from django.http import HttpRequest


def show_protocol_pdf(request: HttpRequest, *, code: str) -> HttpResponse:
    """Hand out the document of a request that this person may see. Raises :class:`NotFoundError`."""
    found = request_for(reader_of(request), code)
    return pdf_response(protocol_pdf(document_of_request(found)), name=found.code)


def show_policy(*, code: str, number: int, party: str = "") -> HttpResponse:
    """Hand out the policy of one version. Raises :class:`NotFoundError` when the party may not see it."""
    return JsonResponse(policy_of(terms_of(code, number, parties=[party] if party else None)), content_type=JSONLD)


def pdf_response(pdf: bytes, *, name: str) -> HttpResponse:
    """Return a PDF as a file."""
    headers = {"Content-Disposition": f'inline; filename="{name.lower()}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
