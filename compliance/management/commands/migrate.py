"""Migrate as the owner of the schema: the service's own role may not make tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate

if TYPE_CHECKING:
    from typing import Any

    from django.core.management.base import CommandParser


class Command(migrate.Command):
    """Django's migrate, on the database `owner` unless another is named."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] not in settings.DATABASES:
            message = "Migrations run as the owner of the schema: set DATABASE_OWNER_URL."
            raise CommandError(message)
        super().handle(*args, **options)
