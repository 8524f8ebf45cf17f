"""The one Django app of the service."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    """KBI Audit: record, judge, count and answer."""

    name = "compliance"
    verbose_name = _("Compliance memory")
    default_auto_field = "django.db.models.BigAutoField"
