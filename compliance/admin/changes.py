"""The history of everything that is kept: to look at only."""

from __future__ import annotations

import json

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from compliance.admin.generics import ChangeModelAdmin
from compliance.admin.permissions import ReadOnly
from compliance.registry.models import RegisterChange


@admin.register(RegisterChange)
class RegisterChangeAdmin(ReadOnly, ChangeModelAdmin):
    """Changes, the newest first."""

    list_display = ("id", "changed_at", "kind", "code", "version", "changed_by", "reason")
    list_filter = ("kind", "changed_by")
    search_fields = ("code", "reason")
    date_hierarchy = "changed_at"
    list_per_page = 50
    actions = None
    fields = ("kind", "code", "version", "changed_at", "changed_by", "reason", "stated")
    readonly_fields = ("stated",)

    @admin.display(description=_("state"))
    def stated(self, change: RegisterChange) -> str:
        """Return what it became, line by line."""
        return json.dumps(change.state, indent=2, ensure_ascii=False)
