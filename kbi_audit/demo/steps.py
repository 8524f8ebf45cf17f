"""What the demo does before it opens, in order. Each step leaves alone what is there already."""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.core.management import call_command

from kbi_audit.roles import create_roles


@dataclass(frozen=True)
class Step:
    """A management command, and what to tell the person who waits."""

    title: str
    command: str
    arguments: tuple[str, ...] = ()


def steps(*, scale: str) -> tuple[Step, ...]:
    """Return the steps of a demo that replays this share of 2016."""
    _ = scale
    return (
        Step("Tables", "migrate", ("--verbosity=0",)),
        Step("Translations", "translations", ("compile",)),
        Step("Register", "load_register"),
    )


def take(step: Step) -> None:
    """Take one step; its own output says how it goes."""
    call_command(step.command, *step.arguments)


def create_roles_if_asked() -> None:
    """Make the roles where an administrator's address is known: the embedded server, or one that the customer names."""
    admin, owner, app = (os.environ.get(f"DATABASE_{which}URL") for which in ("ADMIN_", "OWNER_", ""))
    if admin and owner and app:
        create_roles(admin_url=admin, owner_url=owner, app_url=app)
