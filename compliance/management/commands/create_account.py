"""Make a person's account: the first operator of an installation, who makes the others on the screens."""

from __future__ import annotations

import os
from getpass import getpass
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.access.set_password import set_password
from compliance.kernel.actor import system
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

PASSWORD_VARIABLE = "KBI_ACCOUNT_PASSWORD"  # noqa: S105 - the name of the variable, not its value


class Command(BaseCommand):
    """Make an account with a role."""

    help = f"Make a person's account. The password is asked for, or taken from {PASSWORD_VARIABLE}."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role if role])
        parser.add_argument("--organisation", help="Code of the partner that the person works for.")
        parser.add_argument("--reason", required=True, help="Why; it is kept.")

    def handle(self, **options: str | None) -> None:
        if Account.objects.filter(username=options["username"]).exists():
            message = f"{options['username']} has an account already."
            raise CommandError(message)
        account = Account(username=str(options["username"]), role=str(options["role"]))
        if options["organisation"]:
            account.organisation = Organisation.objects.filter(code=options["organisation"]).first()
            if account.organisation is None:
                message = f"{options['organisation']} is not an organisation of the register."
                raise CommandError(message)
        password = os.environ.get(PASSWORD_VARIABLE) or getpass()
        try:
            validate_password(password, account)
            actor, reason = system("create_account"), str(options["reason"])
            set_password(account=account, password=password, actor=actor, reason=reason)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{account.username} can sign in.")
