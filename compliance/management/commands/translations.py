"""Compile, compare or update the translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kbi_audit import translations

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

SHOWN = 20


class Command(BaseCommand):
    """Three verbs over compliance/locale."""

    help = "compile: make the .mo files. check: fail when a text is untranslated. update: add new texts."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["compile", "check", "update"])

    def handle(self, *_args: object, **options: str) -> None:
        project, locale = Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0])
        match options["verb"]:
            case "compile":
                compiled = translations.compile_all(locale)
                self.stdout.write(f"Compiled {len(compiled)} of the languages.")
            case "update":
                translations.update(project, locale)
            case "check":
                lacking = translations.untranslated(project, locale)
                if lacking:
                    listed = "\n".join(str(text) for text in lacking[:SHOWN])
                    message = f"{len(lacking)} texts are not translated, the first of them:\n{listed}"
                    raise CommandError(message)
                self.stdout.write("Every text is translated.")
