"""For commands that run apart from the service, under another user: they know no secret of it and no database."""

from __future__ import annotations

from django.apps import AppConfig


class CommandsOnly(AppConfig):
    """The app's commands, without its models."""

    name = "compliance"

    def import_models(self) -> None:
        """Leave the models alone: they need the rest of the service."""
        self.models = {}


INSTALLED_APPS = ["kbi_audit.settings.alone.CommandsOnly"]
USE_TZ = True
TIME_ZONE = "UTC"
