"""Django's admin, with the register's own site as the default one."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class RegisterAdminConfig(AdminConfig):
    """The admin of the register."""

    default_site = "compliance.admin.site.RegisterSite"
