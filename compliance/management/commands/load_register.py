"""Load the KBI's own world into the register: organisations, services, law, authorisations, published figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from compliance.authorisations.load import load_authorisations
from compliance.authorisations.requests.load_rules import load_rules
from compliance.registry.load import load_register

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load the register. Running it again changes nothing."""

    help = "Load the KBI's own world into the register; a second time nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print the counts as JSON.")

    def handle(self, **options: object) -> None:
        try:
            with transaction.atomic():
                loaded = load_rules(load_authorisations(load_register()))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(loaded)))
            return
        self.stdout.write(f"{loaded.created} made, {loaded.changed} changed, {loaded.unchanged} as they were.")
        for row in loaded.kept:
            self.stdout.write(f"Kept as a person changed it: {row}")
