"""Load a partner's dossiers from a file; exits with 1 when something in it is wrong, and then keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from compliance.detection.dossiers.read_file import at_lines, read_file
from compliance.detection.dossiers.tell_dossiers import tell_dossiers
from compliance.detection.dossiers.told import ToldDossier
from compliance.exchanges.imports.reporter import reporter_for, reporter_for_all
from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Run it again at any time: what was told already changes nothing."""

    help = "Load dossiers (partner, dossier, person, holder, team, opened, closed) from CSV, NDJSON or Parquet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--partner", metavar="CODE", help="Whose dossiers these are, where the file does not say.")
        parser.add_argument("--json", action="store_true", help="Print what was done as JSON.")

    def handle(self, *_args: object, **options: Any) -> None:
        lines: list[int] = []
        try:
            dossiers, lines = read_file(options["file"], ToldDossier)
            reporter = reporter_for(options["partner"]) if options["partner"] else reporter_for_all()
            told = tell_dossiers(dossiers=dossiers, reporter=reporter)
        except ImportStoppedError as error:
            raise CommandError(error.detail) from error
        except InvalidInputError as error:
            errors = at_lines(error, lines) if lines else error.errors
            said = [f"line {one.pointer[1:].replace('/', ', ', 1)}: {one.detail}" for one in errors]
            raise CommandError("\n".join([error.detail, *said])) from error
        if options["json"]:
            self.stdout.write(json.dumps({"new": told.new, "changed": told.changed, "known": told.known}))
        else:
            self.stdout.write(f"{told.new:,} dossiers new, {told.changed:,} changed, {told.known:,} known already.")
