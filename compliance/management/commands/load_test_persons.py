"""Load who and what is used for tests; exits with 1 when something in the file is wrong, and then keeps nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from compliance.detection.dossiers.list_test_persons import ForTests, list_test_persons
from compliance.detection.dossiers.read_file import at_lines, read_file
from compliance.kernel.actor import system
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Run it again at any time: what is listed already changes nothing."""

    help = "Load test persons and test applications (person, application, partner) from CSV, NDJSON or Parquet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *_args: object, **options: Any) -> None:
        lines: list[int] = []
        try:
            listed, lines = read_file(options["file"], ForTests)
            new = list_test_persons(listed=listed, actor=system("load_test_persons"))
        except InvalidInputError as error:
            errors = at_lines(error, lines) if lines else error.errors
            said = [f"line {one.pointer[1:].replace('/', ', ', 1)}: {one.detail}" for one in errors]
            raise CommandError("\n".join([error.detail, *said])) from error
        self.stdout.write(f"{new:,} listed, {len(listed):,} in the file.")
