"""Seal what was recorded, once or for as long as the process lives."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from compliance.kernel.errors import ComplianceError
from compliance.ledger.keep_sealing import keep_sealing, seal_once

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print how many leaves were sealed."""

    requires_system_checks = ()  # a process that must be back at once
    help = "Give the entries that wait their place in the ledger, and have its heads signed and cosigned."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--follow",
            action="store_true",
            help="Go on until stopped. A second one waits, and takes over when the first one ends.",
        )

    def handle(self, *, follow: bool, **_options: object) -> None:
        if follow:
            stopped = threading.Event()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopped.set())
            keep_sealing(stopped=stopped)
            return
        try:
            leaves = seal_once()
        except ComplianceError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{leaves} leaves sealed.")
