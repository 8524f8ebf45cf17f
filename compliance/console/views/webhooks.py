"""Webhooks, for who runs the service."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from compliance.access.roles import Capability
from compliance.console.page import page
from compliance.console.presenters.webhooks import present_dead, present_webhooks
from compliance.console.question_forms import refuse
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.console.webhook_form import WebhookForm
from compliance.kernel.errors import InvalidInputError
from compliance.notices.webhooks.close import close_webhook
from compliance.notices.webhooks.register import register_webhook
from compliance.notices.webhooks.resend import resend
from compliance.notices.webhooks.rotate import rotate_secret

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from compliance.notices.webhooks.register import Registered


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.KEEP_WEBHOOKS)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List them and what was given up; register one, and show its secret once."""
    form = WebhookForm(request.POST if request.method == "POST" else None, auto_id="webhook-%s")
    if form.is_bound and form.is_valid():
        try:
            return _secret(request, register_webhook(account=reader_of(request), **form.cleaned_data))
        except InvalidInputError as error:
            refuse(form, error)
    return page(
        request,
        "pages/webhooks.html",
        status=InvalidInputError.status if form.errors else HTTPStatus.OK,
        webhooks=present_webhooks(),
        dead=present_dead(),
        form=form,
    )


@require_POST
@screen(Capability.KEEP_WEBHOOKS)
def rotated(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Replace a secret, and show the new one once."""
    return _secret(request, rotate_secret(account=reader_of(request), webhook=uid))


@require_POST
@screen(Capability.KEEP_WEBHOOKS)
def closed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a webhook."""
    close_webhook(account=reader_of(request), webhook=uid)
    return redirect("webhooks")


@require_POST
@screen(Capability.KEEP_WEBHOOKS)
def resent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send again what was given up."""
    resend(account=reader_of(request), message=uid)
    return redirect("webhooks")


def _secret(request: HttpRequest, made: Registered) -> HttpResponse:
    return page(request, "pages/webhook-secret.html", name=made.webhook.name, secret=made.secret)
