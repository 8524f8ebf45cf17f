"""Make the example requests of the demo; a second time nothing changes."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from compliance.simulation.requests import tell_requests


class Command(BaseCommand):
    """Let the demo's people ask, advise and decide. Never for production."""

    help = "Make the example requests of the demo's people; where there is any request, nothing changes."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"{tell_requests()} example requests were made.")
