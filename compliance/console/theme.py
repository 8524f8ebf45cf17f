"""Light, dark, or as the reader's system has it: kept in a cookie, so that the first byte has the right colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

COOKIE = "theme"
COOKIE_SECONDS = 365 * 24 * 3600


class Theme(models.TextChoices):
    """How pages are coloured."""

    AUTO = "auto", _("as the system")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


def theme_of(request: HttpRequest) -> Theme:
    """Return what the reader chose."""
    chosen = request.COOKIES.get(COOKIE, "")
    return Theme(chosen) if chosen in Theme.values else Theme.AUTO
