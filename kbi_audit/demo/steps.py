"""What the demo does before it opens, in order. Each step leaves alone what is there already."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from django.core.management import call_command

from kbi_audit.roles import create_roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kbi_audit.embedded.home import Machine

DEFAULT_SCALE = "1/50"


@dataclass(frozen=True)
class Step:
    """A management command, and what to tell the person who waits."""

    title: str
    command: str
    arguments: tuple[str, ...] = ()
    quiet: bool = False

    def take(self) -> None:
        """Run the command; progress bars go to the terminal in any case."""
        call_command(self.command, *self.arguments, stdout=StringIO() if self.quiet else sys.stdout)


def create_roles_if_asked() -> None:
    """Make the roles where an administrator's address is known: the embedded server, or one that the customer names."""
    admin, owner, app = (os.environ.get(f"DATABASE_{which}URL") for which in ("ADMIN_", "OWNER_", ""))
    if admin and owner and app:
        create_roles(admin_url=admin, owner_url=owner, app_url=app)


def tables() -> Step:
    """Return the first step, which all others and the sealer stand on."""
    return Step("Tables", "migrate", ("--verbosity=0",), quiet=True)


def steps(*, made: Machine, scale: str | None) -> Iterator[Step]:
    """Yield the other steps of a demo that replays this share of 2016."""
    credentials = (f"--password={made.demo_password}", f"--token={made.demo_token}")
    yield Step("Translations", "translations", ("compile",), quiet=True)
    yield Step("Register", "load_register")
    yield Step("People", "create_demo_people", credentials, quiet=True)
    yield Step("Connections", "load_connections", quiet=True)
    yield Step("Requests", "create_demo_requests", quiet=True)
    yield Step("Exchanges of 2016", "replay_2016", (f"--scale={scale or _standing_scale()}",))
    yield Step("Past weeks, with something wrong in them", "create_demo_cases")


def _standing_scale() -> str:
    from compliance.simulation.demonstration import demonstration  # noqa: PLC0415 Django must be set up, and the tables made

    standing = demonstration()
    return str(standing.scale) if standing else DEFAULT_SCALE
