"""Watch a published log, or write the program that does, for somebody else to run with nothing but Python.

manage.py monitor URL --state FOLDER [--policy FILE] [--max-age 15m] [--every 1m] [--once]
manage.py monitor --write-program monitor.py
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compliance.ledger.monitoring.monitor_program import add_monitor_options, run_monitor
from compliance.ledger.monitoring.program import monitor_program


class Command(BaseCommand):
    """Exit with 1 as soon as the log is not what it must be."""

    help = "Watch that a published log only grows, is confirmed by its witnesses, and stays fresh."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--write-program", type=Path, metavar="FILE", help="write the program to a file, and stop")
        add_monitor_options(parser)
        for action in parser._actions:  # noqa: SLF001 - the program needs both; writing it needs neither
            if action.dest == "url":
                action.nargs = "?"
            if action.dest == "state":
                action.required = False

    def handle(self, **options: Any) -> None:
        if options["write_program"]:
            options["write_program"].write_text(monitor_program(), encoding="utf-8")
            return
        if not options["url"] or not options["state"]:
            message = "A monitor needs the log's address and --state."
            raise CommandError(message)
        sys.exit(run_monitor(argparse.Namespace(**options)))
