"""Give a person a token with which their own programs read what they may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from compliance.access.models import Account
from compliance.access.reader_tokens import MOST_DAYS, issue_reader_token

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Print a token; it ends by itself, or when the person's password changes."""

    help = "Print a token for a person's programs: an auditor's, to read entries; an operator's, to read metrics."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="User name of the person.")
        parser.add_argument(
            "--days", type=int, default=90, help=f"Days that it works (%(default)s; {MOST_DAYS} at most)."
        )

    def handle(self, *, username: str, days: int, **_options: object) -> None:
        account = Account.objects.filter(username=username, is_active=True).first()
        if account is None:
            message = f"Nobody with the user name {username} can sign in."
            raise CommandError(message)
        self.stdout.write(issue_reader_token(account=account, days=days))
