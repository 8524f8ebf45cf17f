"""The language and the colours in which a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_POST

from compliance.access.models import Account
from compliance.console.destination import safe_destination
from compliance.console.preferences import choose_language, remember_language, remember_theme
from compliance.console.screen import Open, screen
from compliance.console.theme import Theme
from compliance.kernel.errors import MalformedInputError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
@screen(Open.TO_ANYONE)
def language(request: HttpRequest) -> HttpResponse:
    """Go on in another language."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise MalformedInputError
    choose_language(account=request.user if isinstance(request.user, Account) else None, language=chosen)
    return remember_language(HttpResponseRedirect(safe_destination(request)), language=chosen)


@require_POST
@screen(Open.TO_ANYONE)
def theme(request: HttpRequest) -> HttpResponse:
    """Go on in other colours."""
    chosen = request.POST.get("theme", "")
    if chosen not in Theme.values:
        raise MalformedInputError
    return remember_theme(HttpResponseRedirect(safe_destination(request)), theme=Theme(chosen))
