"""Every screen says who may see it: :func:`screen` wraps a view, asks, and turns refusals into pages."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from compliance.access.models import Account
from compliance.console.page import problem
from compliance.kernel.errors import ComplianceError, ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from compliance.access.roles import Capability

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Open(StrEnum):
    """Screens that need no capability."""

    TO_ANYONE = "anyone"
    TO_SIGNED_IN = "signed-in"


def screen(*needed: Capability | Open) -> Callable[[View[P]], View[P]]:
    """Show a view to those who hold every capability that it needs; others sign in, or read why not.

    What people see here is stored in no cache: the back button of a shared computer must not show it.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if Open.TO_ANYONE not in needed and not request.user.is_authenticated:
                return _to_sign_in(request)
            try:
                if not _admits(request, needed):
                    raise ForbiddenError
                response = view(request, *args, **kwargs)
            except Http404:
                response = problem(request, NotFoundError())
            except PermissionDenied:
                response = problem(request, ForbiddenError())
            except ComplianceError as error:
                response = problem(request, error)
            add_never_cache_headers(response)
            return response

        guarded.needed = needed  # type: ignore[attr-defined]  # the test of access reads it
        return guarded

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask to sign in, and come back; when htmx asked for a part of a page, the whole page goes."""
    if not request.headers.get("HX-Request"):
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("HX-Current-URL", "/"))
    return HttpResponseClientRedirect(redirect_to_login(f"{page.path}?{page.query}" if page.query else page.path).url)


def _admits(request: HttpRequest, needed: tuple[Capability | Open, ...]) -> bool:
    if Open.TO_ANYONE in needed:
        return True
    account = request.user
    return isinstance(account, Account) and all(
        one is Open.TO_SIGNED_IN if isinstance(one, Open) else account.may(one) for one in needed
    )
