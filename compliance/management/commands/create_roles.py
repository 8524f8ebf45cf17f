"""Make the two roles and their database on a server of the customer's own."""

from __future__ import annotations

import os

from django.core.management.base import BaseCommand, CommandError

from kbi_audit.environment import Environment
from kbi_audit.roles import create_roles
from kbi_audit.variables import read


class Command(BaseCommand):
    """Run once per server, or again to change the passwords."""

    help = "Make or mend the roles of DATABASE_URL and DATABASE_OWNER_URL, with DATABASE_ADMIN_URL."
    requires_system_checks = ()

    def handle(self, *_args: object, **_options: object) -> None:
        environment = read(Environment, os.environ)
        if environment.database_admin_url is None or environment.database_owner_url is None:
            message = "Set DATABASE_ADMIN_URL and DATABASE_OWNER_URL for this command."
            raise CommandError(message)
        create_roles(
            admin_url=environment.database_admin_url,
            owner_url=environment.database_owner_url,
            app_url=environment.database_url,
        )
        self.stdout.write("The roles and their database are there.")
