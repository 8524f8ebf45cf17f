"""Django's admin, with the register's own site as the default one."""

from __future__ import annotations

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class RegisterAdminConfig(AdminConfig):
    """The admin of the register."""

    default_site = "compliance.admin.site.RegisterSite"

    def ready(self) -> None:
        """Register the pages, once the site is there that they are registered with."""
        super().ready()
        import_module("compliance.admin.pages")
