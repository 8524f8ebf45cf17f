"""When the reader is mailed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from compliance.access.roles import Capability
from compliance.console.mail_form import MailForm
from compliance.console.page import page
from compliance.console.presenters.mail_preference import present_preference
from compliance.console.reader import reader_of
from compliance.console.screen import Open, screen
from compliance.kernel.errors import InvalidInputError
from compliance.notices.choose_mail import choose_mail
from compliance.notices.models import MailPreference

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Open.TO_SIGNED_IN)
def mail_preference(request: HttpRequest) -> HttpResponse:
    """Show the choice, or keep it and show that it was kept."""
    account = reader_of(request)
    kept = MailPreference.objects.filter(account=account).first()
    if request.method != "POST":
        chosen = kept or MailPreference()
        form = MailForm(initial={"when": chosen.when, "hour": chosen.hour})
    else:
        form = MailForm(request.POST)
        if form.is_valid():
            choose_mail(account=account, **form.cleaned_data)
            return redirect(f"{request.path}?kept=yes")
    return page(
        request,
        "pages/mail-preference.html",
        status=InvalidInputError.status if form.errors else HTTPStatus.OK,
        form=form,
        is_officer=account.may(Capability.DECIDE_CASES),
        preference=present_preference(account, kept),
        kept="kept" in request.GET and not form.is_bound,
    )
