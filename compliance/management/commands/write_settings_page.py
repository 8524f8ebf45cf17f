"""Write docs/settings.md from the declaration of the settings."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kbi_audit.settings_page import settings_page


class Command(BaseCommand):
    """Write the page that describes every setting."""

    help = "Write docs/settings.md from kbi_audit/environment.py."

    def handle(self, *_args: object, **_options: object) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "settings.md"
        page.write_text(settings_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {page}")
