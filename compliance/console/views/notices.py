"""What the reader was told: one's own notices, and nobody else's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from compliance.console.notice_page import notice_page
from compliance.console.page import page
from compliance.console.presenters.notices import present_notices
from compliance.console.reader import reader_of
from compliance.console.screen import Open, screen
from compliance.notices.mark_read import mark_all_read, mark_read

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Open.TO_SIGNED_IN)
def notices(request: HttpRequest) -> HttpResponse:
    """List the reader's own notices, those that were not read first."""
    account, before = reader_of(request), request.GET.get("before", "")
    return page(request, "pages/notices.html", list=present_notices(notice_page(account, before), is_first=not before))


@require_POST
@screen(Open.TO_SIGNED_IN)
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read, and go where it leads: a path of our own, as the database holds."""
    return HttpResponseRedirect(mark_read(account=reader_of(request), notice_id=notice_id).address)


@require_POST
@screen(Open.TO_SIGNED_IN)
def read_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read."""
    mark_read(account=reader_of(request), notice_id=notice_id)
    return HttpResponseRedirect(f"{reverse('notices')}#notices")


@require_POST
@screen(Open.TO_SIGNED_IN)
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark as read all that stood on the page, and not what came since."""
    with suppress(ValueError):
        mark_all_read(account=reader_of(request), until=int(request.POST.get("newest", "")))
    return redirect("notices")
