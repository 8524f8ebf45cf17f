"""Check that the register hangs together; exits with 1 when something deserves a look."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from compliance.authorisations.check_authorisations import authorisation_problems
from compliance.kernel.clock import now
from compliance.registry.check_register import problems

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Say what in the register and the authorisations deserves a look."""

    help = "Say what in the register and the authorisations deserves a look; exits with 1 when there is something."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the problems as JSON.")

    def handle(self, **options: object) -> None:
        found = [*problems(), *authorisation_problems(moment=now())]
        if options["json"]:
            self.stdout.write(json.dumps([problem._asdict() for problem in found]))
        else:
            for problem in found:
                self.stdout.write(f"{problem.kind} {problem.code}: {problem.sentence}")
            self.stdout.write(f"{len(found)} to look at.")
        if found:
            sys.exit(1)
