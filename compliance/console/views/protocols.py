"""The public register of protocols: for people, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.protocols import pdf_response, show_protocol_pdf
from compliance.console.kept_pdf import kept_pdf
from compliance.console.presenters.names import Names
from compliance.console.presenters.protocol import present_protocol
from compliance.console.presenters.protocol_list import present_protocols
from compliance.console.protocol_filter import ProtocolFilter
from compliance.console.public import public_page, reading_of, show
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.reporting.protocols.counts import counts_of
from compliance.reporting.protocols.document import document_of_text
from compliance.reporting.protocols.linked import catalogue, protocol_jsonld
from compliance.reporting.protocols.policy import policy_of
from compliance.reporting.protocols.published import published_protocol, published_protocols
from compliance.reporting.protocols.terms_of import terms_of
from compliance.reporting.protocols.vocabulary import JSONLD, public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from compliance.reporting.protocols.published import Edition


@require_safe
@public_page
def protocols(request: HttpRequest) -> HttpResponse:
    """List what was published, or hand out the catalogue to a program that prefers it."""
    if _prefers_linked(request):
        return _linked(catalogue(published_protocols(at=now())))
    published, names = published_protocols(at=now()), Names()
    form = ProtocolFilter(request.GET, protocols=published, names=names)
    kept = form.kept(published, names)
    rows = present_protocols(kept, names=names, reading=reading_of(request))
    linked = public("protocols-catalogue")
    return show(request, "pages/protocols.html", form=form, rows=rows, published=len(published), linked=linked)


@require_safe
@public_page
def protocol(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Show one: the edition that holds, or the one that is asked for."""
    at = now()
    found = published_protocol(code, at=at)
    if _prefers_linked(request):
        return _linked(protocol_jsonld(found))
    edition = found.edition if number is None else found.numbered(number)
    story = present_protocol(
        protocol=found,
        edition=edition,
        document=document_of_text(edition.text),
        counts=counts_of(found, at=at),
        names=Names(),
        reading=reading_of(request),
    )
    return show(request, "pages/protocol.html", protocol=story, linked=public("protocol-jsonld", code))


@require_safe
@public_page
def pdf(_request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Hand out the document."""
    edition = _edition(code, number)
    return pdf_response(kept_pdf(edition), name=f"{code}-{edition.number}")


@require_safe
@public_page
def text(_request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Hand out the text, exactly as it was signed: its SHA-256 is in the document and in the ledger."""
    return HttpResponse(_edition(code, number).text.protocol.encode(), content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def catalogue_jsonld(_request: HttpRequest) -> HttpResponse:
    """Hand out the catalogue."""
    return _linked(catalogue(published_protocols(at=now())))


@require_safe
@public_page
def jsonld(_request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one protocol for programs."""
    return _linked(protocol_jsonld(published_protocol(code, at=now())))


@require_safe
@public_page
def policy(_request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the policy of the version that speaks, or speaks next. Not found before it was put into use."""
    at = now()
    versions = published_protocol(code, at=at).versions
    begun = [one for one in versions if one.valid_from <= at]
    if not versions:
        raise NotFoundError
    version = begun[-1] if begun else versions[0]
    return _linked(policy_of(terms_of(code, version.number)))


@require_safe
@screen(Capability.SEE_ALL_REQUESTS)
def request_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the document of a request, published or not."""
    return show_protocol_pdf(request, code=code)


def _edition(code: str, number: int | None) -> Edition:
    found = published_protocol(code, at=now())
    return found.edition if number is None else found.numbered(number)


def _prefers_linked(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", JSONLD]) == JSONLD


def _linked(content: Mapping[str, object]) -> HttpResponse:
    """Answer a program; whoever wants may read it from another site's page."""
    return JsonResponse(dict(content), content_type=JSONLD, headers={"Access-Control-Allow-Origin": "*"})
