"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from compliance.access.models import Account
from compliance.console.destination import safe_destination
from compliance.console.page import page
from compliance.console.preferences import remember_language
from compliance.console.screen import Open, screen
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Open.TO_ANYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go where the person was going."""
    destination = safe_destination(request, default=settings.LOGIN_REDIRECT_URL)
    if isinstance(request.user, Account):
        return redirect(destination)
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.get_user()
        login(request, account)
        record_act(actor=account.actor, kind=ActKind.SIGNED_IN)
        return remember_language(HttpResponseRedirect(destination), language=account.language)
    return page(request, "pages/sign-in.html", form=form, destination=destination, error=_error(form))


@require_POST
@screen(Open.TO_ANYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("login")


def _error(form: AuthenticationForm) -> str:
    """One sentence that does not tell which of the two was wrong."""
    return _("This name and password do not belong together. Check both and try again.") if form.errors else ""
