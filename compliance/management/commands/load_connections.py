"""Load the examples of partners being connected."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from compliance.connecting.load_examples import load_examples
from compliance.kernel.errors import ComplianceError


class Command(BaseCommand):
    """Load the examples. Running it again changes nothing."""

    help = "Load examples of partners being connected, in the name of an operator; a second time nothing changes."

    def handle(self, **_options: object) -> None:
        try:
            self.stdout.write(f"{load_examples()} connections begun.")
        except ComplianceError as error:
            raise CommandError(error.detail) from error
