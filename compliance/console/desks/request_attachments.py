"""Documents of a request, as both doors handle them: they are handed out to be saved, and never shown in the page."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from compliance.authorisations.requests.attach import attach, require_may_attach
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.remove_attachment import remove_attachment
from compliance.console.document_file import document_file
from compliance.console.document_form import DocumentForm
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.documents.refused import DocumentRefusedError
from compliance.kernel.errors import NotFoundError, UnavailableError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.authorisations.requests.models import RequestAttachment
    from compliance.console.door import Door


def add_attachment(request: HttpRequest, *, code: str, door: Door, back: str) -> HttpResponse:
    """Ask for a document and attach it; what is refused is said beside the field. ``back`` is the page to return to."""
    account = reader_of(request)
    asked = request_for(account, code)
    require_may_attach(asked, account)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    status = HTTPStatus.OK
    if form.is_bound and form.is_valid():
        document = form.cleaned_data["document"]
        try:
            attach(request=asked, account=account, name=document.name, content=document.read())
        except DocumentRefusedError as error:
            form.add_error("document", [one.detail for one in error.errors])
            status = HTTPStatus(error.status)
        except UnavailableError as error:
            form.add_error("document", error.detail)
            status = HTTPStatus(error.status)
        else:
            return redirect(back)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = asked.said.parties.title or _("Request without a title")
    address = door.address("request-attach", code)
    shown = {"code": code, "title": title, "back": back, "address": address}
    return page(request, "pages/request-attach.html", status=status, form=form, attach=shown)


def send_attachment(request: HttpRequest, *, code: str, number: int) -> HttpResponse:
    """Hand a document out as a file that a browser only saves. Raises :class:`NotFoundError` where there is none."""
    found = _standing(request, code, number)
    return document_file(digest=found.digest, owner=found.request.uid, name=found.name, media_type=found.media_type)


def remove(request: HttpRequest, *, code: str, number: int, back: str) -> HttpResponse:
    """Remove a document."""
    remove_attachment(attachment=_standing(request, code, number), account=reader_of(request))
    return redirect(back)


def _standing(request: HttpRequest, code: str, number: int) -> RequestAttachment:
    asked = request_for(reader_of(request), code)
    found: RequestAttachment | None = asked.requestattachments.filter(pk=number, removed_at=None).first()
    if found is None:
        raise NotFoundError
    return found
