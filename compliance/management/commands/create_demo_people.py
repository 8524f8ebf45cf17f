"""Make the people and the system of the demo; a second time nothing changes."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from compliance.access.demo_people import CAST, create_gateway, create_people

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Make the cast of the demo. Never for production: all share one password."""

    help = "Make the people and the machine client of the demo; a second time nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="Password of all (or KBI_DEMO_PASSWORD; without either, made up).")
        parser.add_argument("--token", help="Token of magda-gateway (or KBI_DEMO_TOKEN; without either, made up once).")
        parser.add_argument("--json", action="store_true", help="Print what was made as JSON.")

    def handle(self, **options: object) -> None:
        password = str(options["password"] or os.environ.get("KBI_DEMO_PASSWORD") or secrets.token_urlsafe(12))
        token = options["token"] or os.environ.get("KBI_DEMO_TOKEN")
        changed = create_people(password=password)
        issued = create_gateway(token=str(token) if token else None)
        people = [person.username for person in CAST]
        if options["json"]:
            made = {"people": people, "password": password, "changed": changed, "token": issued}
            self.stdout.write(json.dumps(made))
            return
        self.stdout.write(f"{', '.join(people)} sign in with the password {password}")
        if issued:
            self.stdout.write(f"magda-gateway reports with the token {issued}")
