"""Pages for anyone: without an account, kept by caches for a while, and the only ones that search engines may list.

Nothing in them depends on who reads, only on the language: that of the address (``?language=fr``), or of the browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

from compliance.console.page import problem
from compliance.console.screen import Open
from compliance.kernel.errors import ComplianceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from compliance.console.screen import P, View

CACHE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language: where it is, seen from here and as a whole address."""

    language: str
    words: str
    address: str
    whole: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """In which language a page is read, and where its links lead: on in the language that the address names."""

    language: str
    named: bool
    canonical: str
    languages: tuple[LanguageLink, ...]

    def address(self, name: str, *parts: object) -> str:
        """Return the address of another public page."""
        address = reverse(name, args=parts)
        return f"{address}?language={self.language}" if self.named else address

    @property
    def start(self) -> str:
        """The address of the register."""
        return self.address("protocols")


def public_page(view: View[P]) -> View[P]:
    """Show a view to anyone, in the language that is asked for, and let caches keep what it answers."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        language = _language(request)
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except ComplianceError as error:
                refused = problem(request, error)
                add_never_cache_headers(refused)
                return refused
        response.headers.setdefault("Content-Language", language)
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
        return response

    shown.needed = (Open.TO_ANYONE,)  # type: ignore[attr-defined]  # the test of access reads it
    whole: Callable[..., HttpResponse] = conditional_page(shown)
    return whole


def reading_of(request: HttpRequest) -> Reading:
    """Return how this page is read."""
    query = request.GET.copy()
    links = []
    for code, _name in settings.LANGUAGES:
        query["language"] = code
        address = f"{request.path}?{query.urlencode()}"
        words = translation.get_language_info(code)["name_local"]
        chosen = code == translation.get_language()
        links.append(LanguageLink(code, words, address, f"{settings.SITE_URL}{address}", chosen))
    return Reading(
        language=translation.get_language() or "nl",
        named=request.GET.get("language") in dict(settings.LANGUAGES),
        canonical=f"{settings.SITE_URL}{request.path}",
        languages=tuple(links),
    )


def show(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Return a public page."""
    return render(request, template, {"reading": reading_of(request), **context})


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "nl"
