"""How a person likes to read: kept in cookies, and the language with the account too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from compliance.console.theme import COOKIE, COOKIE_SECONDS, Theme

if TYPE_CHECKING:
    from django.http import HttpResponse

    from compliance.access.models import Account


def choose_language(*, account: Account | None, language: str) -> None:
    """Keep the language with the account, for letters and for the next computer."""
    if account is not None and account.language != language:
        account.language = language
        account.save(update_fields=["language"])


def remember_language(response: HttpResponse, *, language: str) -> HttpResponse:
    """Let this browser speak a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def remember_theme(response: HttpResponse, *, theme: Theme) -> HttpResponse:
    """Let this browser show a theme; its script may read the cookie."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, theme.value, max_age=COOKIE_SECONDS, secure=secure, samesite="Lax")
    return response
