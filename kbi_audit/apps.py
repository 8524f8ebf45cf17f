"""The wiring as an app of Django's, for its checks."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Register the checks."""

    name = "kbi_audit"

    def ready(self) -> None:
        """Register them, once the settings are there that they look at."""
        import_module("kbi_audit.checks")
