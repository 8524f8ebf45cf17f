"""Give a machine client its token: it is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from compliance.access.issue_token import issue_token
from compliance.access.models import MachineClient
from compliance.kernel.actor import system
from compliance.kernel.errors import InvalidInputError
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Make a machine client, or give one a new token."""

    help = "Make a machine client or give one a new token, which is printed once; the old one stops working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="Name of the client, e.g. magda-gateway.")
        parser.add_argument("--organisation", help="Code of its organisation; needed for a new client.")
        parser.add_argument("--reports-for", nargs="+", metavar="CODE", help="Producers for which it may report.")
        parser.add_argument("--reason", required=True, help="Why; it is kept.")

    def handle(self, **options: object) -> None:
        client = MachineClient.objects.filter(name=options["name"]).first()
        if client is None:
            client = MachineClient(name=str(options["name"]), organisation=_organisation(str(options["organisation"])))
        codes = options["reports_for"]
        reports_for = [_organisation(code) for code in codes] if isinstance(codes, list) else None
        actor, reason = system("issue_token"), str(options["reason"])
        try:
            self.stdout.write(issue_token(client=client, actor=actor, reason=reason, reports_for=reports_for))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except InvalidInputError as error:
            raise CommandError(error.detail) from error


def _organisation(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        message = f"{code} is not an organisation of the register."
        raise CommandError(message)
    return found
