"""Look a request over before it is submitted, and submit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.authorisations.requests.check_content import IncompleteRequestError
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.submit import submit
from compliance.console.page import page
from compliance.console.presenters.request_attachments import present_attachments
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.portal.own import PORTAL
from compliance.portal.presenters.request_edit_review import present_review

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_REQUESTS)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Show the whole of a draft; submit it when it lacks nothing."""
    account = reader_of(request)
    asked = request_for(account, code)
    status = 200
    if request.method == "POST":
        try:
            submit(request=asked, account=account)
        except IncompleteRequestError as error:
            status = error.status
        else:
            return redirect("portal-request", asked.code)
    if asked.state not in EDITABLE:
        return redirect("portal-request", asked.code)
    shown = present_review(asked, at=now(), may_submit=account.may(Capability.MAKE_REQUESTS))
    documents = present_attachments(asked, account, PORTAL)
    return page(request, "pages/request-edit-review.html", status=status, review=shown, attachments=documents)
