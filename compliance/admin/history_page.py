"""The versions of a row on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from compliance.admin.keeper import acting
from compliance.registry.history import history

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


def history_page(
    page: ModelAdmin[Any], request: HttpRequest, row: Model, *, kind: str, code: str, extra: dict[str, Any] | None
) -> HttpResponse:
    """Show who changed it, when, why and what, the newest version first; to the keeper only."""
    acting(request)
    context = {
        **page.admin_site.each_context(request),
        "title": _("Versions of %(row)s") % {"row": row},
        "object": row,
        "opts": page.opts,
        "steps": history(kind=kind, code=code),
        **(extra or {}),
    }
    return TemplateResponse(request, "admin/compliance/history.html", context)
